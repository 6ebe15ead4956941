"""Small pictures, to be logos."""

from io import BytesIO

from PIL import Image


def picture(kind="PNG", size=(12, 8), colour="#0a757b"):
    made = BytesIO()
    Image.new("RGB", size, colour).save(made, kind)
    return made.getvalue()


PNG = picture()
