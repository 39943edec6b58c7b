using System.Text;
using System.Text.Json;
using DiscreetDb.Differential.Answers;
using DiscreetDb.Differential.Data;
using DiscreetDb.Differential.Evaluation;
using DiscreetDb.Differential.Models;
using DiscreetDb.Differential.Mutations;
using DiscreetDb.Differential.Queries;
using DiscreetDb.TestKit;

namespace DiscreetDb.Differential;

/// <summary>
/// The life of one generated database: a model, documents that fill and change it, updates of the model, restarts, and
/// queries in between. Everything is done to the engine and to the naive model, and must come out alike.
/// </summary>
internal sealed class Session(int seed, TextWriter? trace = null) : IAsyncDisposable
{
    private const int RoundCount = 8;
    private const int DocumentsPerRound = 6;
    private const int QueriesPerRound = 12;

    private static readonly JsonDocumentOptions StrictJson = new() { MaxDepth = 256, AllowDuplicateProperties = false };

    private readonly SeededRandom _random = new(seed);
    private readonly FakeClock _clock = new();
    private readonly TempFolder _folder = new();
    private readonly byte[] _keyMaterial = new SeededRandom(seed).Bytes(32);
    private readonly bool _inMemory = seed % 4 != 0;
    private DataStore? _store;
    private Discreet? _database;

    public int QueryCount { get; private set; }

    public int DocumentCount { get; private set; }

    private DataStore Store => _store ?? throw new InvalidOperationException("The session has not begun.");

    private Discreet Database => _database ?? throw new InvalidOperationException("The database is not open.");

    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <exception cref="SessionFailure">Engine and naive model disagree.</exception>
    public async Task RunAsync()
    {
        ModelSpec model = ModelGenerator.Generate(_random);
        await OpenAsync(model);
        _store = new DataStore(model, Uid.Parse(Database.PrivateRoom).ToByteArray(), Base64Url.Decode(Database.VerifyingKey));
        for (int round = 0; round < RoundCount; round++)
        {
            if (round is 3 or 5)
            {
                await UpdateModelAsync();
            }

            for (int i = 0; i < DocumentsPerRound; i++)
            {
                _clock.Advance(TimeSpan.FromMilliseconds(_random.Chance(30) ? 0 : _random.Between(1, 2_000)));
                await (_random.Chance(85) ? MutateAsync() : DeleteAsync());
            }

            await MaintainAsync();
            await CompareQueryAsync(Everything());
            for (int i = 0; i < QueriesPerRound; i++)
            {
                await CompareQueryAsync(new QueryGenerator(Store, _random.Fork()).Document());
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>What must not change any answer: closing and opening, projecting again, giving room back.</summary>
    private async Task MaintainAsync()
    {
        switch (_random.Below(6))
        {
            case 0 or 1 when !_inMemory:
                await Database.DisposeAsync();
                await OpenAsync(Store.Model);
                break;
            case 2:
                await Database.RebuildAsync();
                break;
            case 3 when !_inMemory:
                await Database.CompactAsync();
                break;
            case 4:
                VerificationReport report = await Database.VerifyAsync();
                if (report.Findings.Count > 0)
                {
                    throw new SessionFailure($"seed {seed}: verification found {string.Join("; ", report.Findings)}");
                }

                break;
            default:
                break;
        }
    }

    private async Task OpenAsync(ModelSpec model)
    {
        var options = new DiscreetOptions { Durability = Durability.Normal, InMemory = _inMemory, TimeProvider = _clock };
        string text = ModelText.Print(model);
        try
        {
            _database = await Discreet.New(text, "example.com/differential", _keyMaterial, _inMemory ? null : _folder.Path, options);
        }
        catch (DiscreetException e)
        {
            throw new SessionFailure($"opening with\n{text}\n{e.Code}: {e.Message}");
        }
    }

    private async Task UpdateModelAsync()
    {
        ModelSpec model = ModelGenerator.Update(Store.Model, _random.Fork());
        string text = ModelText.Print(model);
        trace?.WriteLine($"{Now}: model {text}\n");
        try
        {
            await Database.UpdateDataModelAsync(text);
        }
        catch (DiscreetException e)
        {
            throw new SessionFailure($"update of\n{ModelText.Print(Store.Model)}\nto\n{text}\n{e.Code}: {e.Message}");
        }

        Store.Model = model;
        await CompareQueryAsync(Everything());
    }

    private async Task MutateAsync()
    {
        MutationDocument document = new MutationGenerator(Store, _random.Fork()).Mutation();
        GeneratedText text = MutationText.Print(document, Store);
        DocumentCount++;
        trace?.WriteLine($"{Now}: {text}\n");
        DataStore next = Store.Clone();
        Expected? expected = null;
        ErrorCode? refusal = null;
        try
        {
            expected = new NaiveMutations(next, Now).Apply(document);
        }
        catch (NaiveRefusal e)
        {
            refusal = e.Code;
        }

        try
        {
            MutationResult result = await Database.MutateAsync(text.Text, text.Parameters());
            CheckMutation(text, expected, refusal, result.Utf8);
            _store = next;
        }
        catch (DiscreetException e) when (refusal is not null && e.Code is ErrorCode.UnknownRow or ErrorCode.NotNullable)
        {
            // Which of several mistakes of one document is reported is not part of the language.
        }
        catch (DiscreetException e)
        {
            throw Failure(text, $"expected {refusal?.ToString() ?? "success"}, got {e.Code}: {e.Message}");
        }
    }

    private void CheckMutation(GeneratedText text, Expected? expected, ErrorCode? refusal, ReadOnlyMemory<byte> utf8)
    {
        string answer = Encoding.UTF8.GetString(utf8.Span);
        if (expected is null)
        {
            throw Failure(text, $"expected {refusal}, got {answer}");
        }

        JsonElement json = Parse(text, utf8);
        if (AnswerComparer.FindDifference(expected, json) is { } difference)
        {
            throw Failure(text, $"{difference}\nin {answer}");
        }

        if (AnswerLayout.OfMutation(json) != answer)
        {
            throw Failure(text, $"the layout is not\n{AnswerLayout.OfMutation(json)}\nbut\n{answer}");
        }
    }

    private async Task DeleteAsync()
    {
        DeletionDocument document = new MutationGenerator(Store, _random.Fork()).Deletion();
        GeneratedText text = document.Print();
        DocumentCount++;
        trace?.WriteLine($"{Now}: {text}\n");
        document.Apply(Store, Now);
        try
        {
            await Database.DeleteAsync(text.Text, text.Parameters());
        }
        catch (DiscreetException e)
        {
            throw Failure(text, $"expected success, got {e.Code}: {e.Message}");
        }
    }

    private async Task CompareQueryAsync(QueryDocument query)
    {
        QueryCount++;
        if (await FindDifferenceAsync(query) is not { } difference)
        {
            return;
        }

        (QueryDocument smallest, string reason) = await ShrinkAsync(query, difference);
        throw Failure(QueryText.Print(smallest), reason);
    }

    private async Task<string?> FindDifferenceAsync(QueryDocument query)
    {
        GeneratedText text = QueryText.Print(query);
        Expected expected = new NaiveEvaluator(Store).Evaluate(query);
        ReadOnlyMemory<byte> utf8;
        try
        {
            utf8 = (await Database.QueryAsync(text.Text, text.Parameters())).Utf8;
        }
        catch (DiscreetException e)
        {
            return $"{e.Code}: {e.Message}";
        }

        JsonElement json = Parse(text, utf8);
        string answer = Encoding.UTF8.GetString(utf8.Span);
        return AnswerComparer.FindDifference(expected, json) is { } difference
            ? $"{difference}\nin {answer}"
            : AnswerLayout.OfQuery(json) == answer ? null : $"the layout is not\n{AnswerLayout.OfQuery(json)}\nbut\n{answer}";
    }

    /// <summary>Takes parts away as long as the answer stays wrong in the same way: an error of the same code, or a difference.</summary>
    private async Task<(QueryDocument Query, string Reason)> ShrinkAsync(QueryDocument query, string reason)
    {
        static string KindOf(string difference) => difference.StartsWith("at ", StringComparison.Ordinal) ? "at" : difference.Split(':')[0];

        bool found = true;
        while (found)
        {
            found = false;
            foreach (QueryDocument smaller in QueryShrinker.Smaller(query))
            {
                if (await TryFindDifferenceAsync(smaller) is { } difference && KindOf(difference) == KindOf(reason))
                {
                    (query, reason, found) = (smaller, difference, true);
                    break;
                }
            }
        }

        return (query, reason);
    }

    /// <summary>A smaller query may name what was taken away; the naive evaluator then has no answer to compare with.</summary>
    private async Task<string?> TryFindDifferenceAsync(QueryDocument query)
    {
        try
        {
            return await FindDifferenceAsync(query);
        }
        catch (Exception e) when (e is not SessionFailure)
        {
            return null;
        }
    }

    /// <summary>Every field of every row: what must be equal after each change.</summary>
    private QueryDocument Everything() => new([.. Store.Model.Entities.Select((entity, i) => new QueryRoot($"all{i}", entity.QualifiedName, Everything(entity)))]);

    private Selection Everything(EntitySpec entity)
    {
        Item[] relations =
        [
            .. entity.Relations.Select(f => new Item.Nested(
                null, f, new Selection(Store.Model.Get(f.Target!), new SelectionParameters(), [new Item.Scalar(null, SystemFields.Find("id")!)]))),
        ];
        FieldSpec[] scalars = [.. SystemFields.All.Where(f => f.IsScalar), .. entity.Scalars];
        return new Selection(
            entity,
            new SelectionParameters { Nullable = [.. relations.Select(r => r.ResultName)] },
            [.. scalars.Select(f => new Item.Scalar(null, f)), .. relations]);
    }

    private JsonElement Parse(GeneratedText text, ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return JsonDocument.Parse(utf8, StrictJson).RootElement;
        }
        catch (JsonException e)
        {
            throw Failure(text, $"the answer is not JSON ({e.Message}): {Encoding.UTF8.GetString(utf8.Span)}");
        }
    }

    private SessionFailure Failure(GeneratedText text, string reason) => new($"""
        seed {seed}: {reason}
        text: {text}
        model: {ModelText.Print(Store.Model)}
        again: dotnet run --project tests/DiscreetDb.Differential -- --seed {seed}
        """);
}
