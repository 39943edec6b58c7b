namespace DiscreetDb.Tests;

internal sealed record Boat(string Id, long Mdate, string Name, int Crew);
