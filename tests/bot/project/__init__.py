"""A bot that falls into every trap the channel must see."""
