"""Who attacks a patch before a person sees it."""
