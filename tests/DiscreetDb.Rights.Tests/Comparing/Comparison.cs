using System.Collections.Immutable;
using DiscreetDb.RightsTests.Histories;
using DiscreetDb.Rooms;

namespace DiscreetDb.RightsTests.Comparing;

/// <summary>Asks the page and the engine the same questions about a history, whatever order its commits arrive in.</summary>
internal static class Comparison
{
    /// <summary>The smallest difference that shrinking finds, as text; null if there is none.</summary>
    public static string? Difference(History history)
    {
        if (!Differs(history))
        {
            return null;
        }

        History smallest = HistoryShrinker.Shrink(history, Differs);
        return Describe(smallest);
    }

    private static bool Differs(History history) => FirstDifference(history) is not null;

    private static (Answer Page, Answer Engine, string Order)? FirstDifference(History history)
    {
        List<Answer> page = Questionnaire.Ask(history, new NaiveRoom(history.Commits, history.Data));
        foreach ((string order, ImmutableArray<RightsCommit> commits, ImmutableArray<DataCommit> data) in Orders(history))
        {
            List<Answer> engine = Questionnaire.Ask(history, new EngineRoom(commits, data));
            for (int i = 0; i < page.Count; i++)
            {
                if (page[i] != engine[i])
                {
                    return (page[i], engine[i], order);
                }
            }
        }

        return null;
    }

    private static IEnumerable<(string Name, ImmutableArray<RightsCommit> Commits, ImmutableArray<DataCommit> Data)> Orders(History history)
    {
        yield return ("in order", history.Commits, history.Data);
        yield return ("in reverse", [.. history.Commits.Reverse()], [.. history.Data.Reverse()]);

        RightsCommit[] shuffled = [.. history.Commits, history.Commits[^1]];
        new Random(history.Seed).Shuffle(shuffled);
        yield return ("shuffled, one of them twice", [.. shuffled], history.Data);
    }

    private static string Describe(History history)
    {
        (Answer page, Answer engine, string order) = FirstDifference(history)!.Value; // it is what shrinking kept
        HistoryText text = new(history);
        return $"{text.Write()}  commits arriving {order}: {page.Question(text)}: "
            + $"the page says {page.Text}{(page.Text is null ? page.Bits : "")}, the engine {engine.Text}{(engine.Text is null ? engine.Bits : "")}\n";
    }
}
