"""Real crashes of real projects, rebuilt from recipes: released sources, upstream's own tests, the real sentry-sdk."""
