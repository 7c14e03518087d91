using System.Globalization;
using Connectors.Databricks.Benchmarks.Contenders;
using Connectors.Databricks.Benchmarks.Service;

namespace Connectors.Databricks.Benchmarks.Measuring;

/// <summary>Checks and measures every scenario in less than a minute of processor time, and prints one table.</summary>
internal static class QuickRun
{
    /// <summary>Events as a model sends them: each is a read of its own, give or take.</summary>
    private const int OneEvent = 290;

    private static readonly Rounds Rounds = new(warmUp: TimeSpan.FromSeconds(0.8), measuring: TimeSpan.FromSeconds(2.5));

    // Shared code reaches its final tier here, so that the first scenario is measured like the others.
    private static readonly Rounds Discarded = new(warmUp: TimeSpan.FromSeconds(2), measuring: TimeSpan.FromSeconds(0.5));

    /// <param name="filter">Measures the scenarios alone whose names contain this.</param>
    /// <returns>The exit code: 1 when a contender produced something else than the floor.</returns>
    public static async Task<int> RunAsync(string filter)
    {
        (string Name, Func<string, Task> Run)[] scenarios =
        [
            ("Llama, 100 deltas", name => StreamAsync(name, StreamDialect.Llama, 100)),
            ("Llama, 1,000 deltas", name => StreamAsync(name, StreamDialect.Llama, 1_000)),
            ("Llama, 10,000 deltas", name => StreamAsync(name, StreamDialect.Llama, 10_000)),
            ("Llama, 1,000 deltas, a read each", name => StreamAsync(name, StreamDialect.Llama, 1_000, OneEvent)),
            ("Claude, 1,000 deltas", name => StreamAsync(name, StreamDialect.Claude, 1_000)),
            ("Reasoning, 1,000 deltas", name => StreamAsync(name, StreamDialect.Reasoning, 1_000)),
            ("Chat, 1 message", name => CallAsync(name, hasHistory: false)),
            ("Chat, 50 messages, 3 tools", name => CallAsync(name, hasHistory: true)),
            ("Embeddings, numbers", name => EmbedAsync(name, EmbeddingFormat.Numbers)),
            ("Embeddings, short numbers", name => EmbedAsync(name, EmbeddingFormat.ShortNumbers)),
            ("Embeddings, base64", name => EmbedAsync(name, EmbeddingFormat.Base64)),
        ];
        Console.WriteLine("| Scenario | Contender | Time of a call | Time / floor | Per delta | Allocated of a call | Per delta |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|---:|");
        try
        {
            await WarmUpAsync();
            foreach (var (name, run) in scenarios.Where(scenario => scenario.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)))
            {
                await run(name);
            }

            return 0;
        }
        catch (InvalidDataException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static async Task WarmUpAsync()
    {
        using var http = new HttpClient(PreparedService.Streaming(Replies.LlamaStream(100)));
        List<IStreamContender> contenders = [new FloorStream(http, PreparedService.Host), new ConnectorStream(http), new OpenAIPackageStream(http)];
        await Discarded.MeasureAsync(contenders.ConvertAll<Func<Task>>(contender => () => contender.ReadAsync(new Tally())));
    }

    private static async Task StreamAsync(string scenario, StreamDialect dialect, int deltas, int readSize = PreparedService.UsualReadSize)
    {
        using var http = new HttpClient(PreparedService.Streaming(Replies.Stream(dialect, deltas), readSize));
        List<IStreamContender> contenders = [new FloorStream(http, PreparedService.Host), new ConnectorStream(http)];
        if (dialect == StreamDialect.Llama)
        {
            // On the other dialects it throws.
            contenders.Add(new OpenAIPackageStream(http));
        }

        await Check.SameStreamAsync(scenario, contenders);
        var measured = await Rounds.MeasureAsync(contenders.ConvertAll<Func<Task>>(contender => () => contender.ReadAsync(new Tally())));
        for (var i = 0; i < contenders.Count; i++)
        {
            Print(scenario, contenders[i].Name, measured[i], deltas);
        }
    }

    private static async Task CallAsync(string scenario, bool hasHistory)
    {
        var messages = hasHistory ? Conversations.History() : Conversations.Question();
        var options = hasHistory ? Conversations.Tools() : null;
        using var service = PreparedService.Whole(Replies.Document());
        using var http = new HttpClient(service);
        List<IChatContender> contenders =
        [
            new FloorChat(http, PreparedService.Host, messages, options),
            new ConnectorChat(http, messages, options),
            new OpenAIPackageChat(http, messages, options),
        ];
        await Check.SameCallAsync(scenario, service, contenders);
        var measured = await Rounds.MeasureAsync(contenders.ConvertAll<Func<Task>>(contender => contender.CallAsync));
        for (var i = 0; i < contenders.Count; i++)
        {
            Print(scenario, contenders[i].Name, measured[i], deltas: null);
        }
    }

    private static async Task EmbedAsync(string scenario, EmbeddingFormat format)
    {
        using var http = new HttpClient(PreparedService.Whole(EmbeddingReplies.Document(format)));
        List<IEmbeddingContender> contenders =
            [new FloorEmbedding(http, PreparedService.Host), new ConnectorEmbedding(http), new OpenAIPackageEmbedding(http)];
        await Check.SameVectorsAsync(scenario, contenders);
        var measured = await Rounds.MeasureAsync(contenders.ConvertAll<Func<Task>>(contender => contender.EmbedAsync));
        for (var i = 0; i < contenders.Count; i++)
        {
            Print(scenario, contenders[i].Name, measured[i], deltas: null);
            Console.WriteLine(Text(
                $"| {scenario} | {contenders[i].Name}, bytes / those of the vectors | | {measured[i].Bytes / EmbeddingReplies.VectorBytes:F3} | | | |"));
        }
    }

    private static void Print(string scenario, string contender, Measured measured, int? deltas)
    {
        var time = deltas is null ? "" : Text($"{measured.Nanoseconds / deltas.Value:F0} ns");
        var bytes = deltas is null ? "" : Text($"{measured.Bytes / deltas.Value:F0} B");
        Console.WriteLine(Text(
            $"| {scenario} | {contender} | {measured.Nanoseconds / 1000:N1} µs | {measured.Ratio:F2} | {time} | {measured.Bytes:N0} B | {bytes} |"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
