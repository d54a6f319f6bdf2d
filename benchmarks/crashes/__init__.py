"""Real crashes of real projects, from recipes: released sources, upstream's own tests, real sentry-sdk."""
