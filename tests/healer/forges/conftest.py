from tests.fakes.proposals import app, app_keys, bare, fake, forge, local, person, shop, yard

__all__ = ["app", "app_keys", "bare", "fake", "forge", "local", "person", "shop", "yard"]
