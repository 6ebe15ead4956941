"""What changes groups: searched for by a worker, mended by hand, released."""
