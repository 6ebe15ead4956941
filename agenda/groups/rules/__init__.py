"""Who sits with whom: plain values in, groups out. No table, no clock."""
