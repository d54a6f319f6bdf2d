"""Talking to models: one taxonomy of trouble over every provider, and a line that retries, pays and gives up.

`vendors.py` is the only module that knows the framework and the providers' SDKs; it is imported lazily.
"""
