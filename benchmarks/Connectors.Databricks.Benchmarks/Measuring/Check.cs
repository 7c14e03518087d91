using System.Text;
using Connectors.Databricks.Benchmarks.Contenders;
using Connectors.Databricks.Benchmarks.Service;

namespace Connectors.Databricks.Benchmarks.Measuring;

/// <summary>Compares what the contenders produce before anything is measured: a benchmark of garbage is worse than none.</summary>
internal static class Check
{
    /// <exception cref="InvalidDataException">A contender read something else than the floor did.</exception>
    public static async Task SameStreamAsync(string scenario, IReadOnlyList<IStreamContender> contenders)
    {
        var expected = await ReadAsync(contenders[0]);
        if (expected.Text.Length == 0 || expected.Tally.OutputTokens is null)
        {
            throw new InvalidDataException($"{scenario}: {contenders[0].Name} read nothing.");
        }

        foreach (var contender in contenders)
        {
            var (tally, text) = await ReadAsync(contender);
            Require(scenario, contender.Name, "text", expected.Text, text);
            Require(scenario, contender.Name, "updates with text", expected.Tally.Deltas, tally.Deltas);
            Require(scenario, contender.Name, "model", expected.Tally.Model, tally.Model);
            Require(scenario, contender.Name, "input tokens", expected.Tally.InputTokens, tally.InputTokens);
            Require(scenario, contender.Name, "output tokens", expected.Tally.OutputTokens, tally.OutputTokens);

            // The OpenAI package reports the counts on the last chunk; the others add one update for them.
            var updates = contender is OpenAIPackageStream ? tally.Updates + 1 : tally.Updates;
            Require(scenario, contender.Name, "updates", expected.Tally.Updates, updates);
        }
    }

    private static async Task<(Tally Tally, string Text)> ReadAsync(IStreamContender contender)
    {
        var text = new StringBuilder();
        var tally = new Tally(text);
        await contender.ReadAsync(tally);
        return (tally, text.ToString());
    }

    /// <exception cref="InvalidDataException">A contender got another answer than the floor, or sent another request.</exception>
    public static async Task SameCallAsync(string scenario, PreparedService service, IReadOnlyList<IChatContender> contenders)
    {
        using var received = new MemoryStream();
        service.Received = received;
        var expected = await contenders[0].CallAsync();
        var request = Encoding.UTF8.GetString(received.ToArray());
        foreach (var contender in contenders)
        {
            Require(scenario, contender.Name, "answer", expected, await contender.CallAsync());

            // The OpenAI package names the model in the body and orders members in its own way.
            if (contender is not OpenAIPackageChat)
            {
                Require(scenario, contender.Name, "request", request, Encoding.UTF8.GetString(received.ToArray()));
            }
        }

        service.Received = null;
    }

    /// <exception cref="InvalidDataException">A contender read other vectors than the floor.</exception>
    public static async Task SameVectorsAsync(string scenario, IReadOnlyList<IEmbeddingContender> contenders)
    {
        var expected = await contenders[0].EmbedAsync();
        Require(scenario, contenders[0].Name, "number of vectors", EmbeddingReplies.Count, expected.Count);
        foreach (var contender in contenders)
        {
            var actual = await contender.EmbedAsync();
            Require(scenario, contender.Name, "number of vectors", expected.Count, actual.Count);
            Require(scenario, contender.Name, "input tokens", expected.InputTokens, actual.InputTokens);
            for (var i = 0; i < expected.Count; i++)
            {
                Require(scenario, contender.Name, "bits", true, expected.Vector(i).Span.SequenceEqual(actual.Vector(i).Span));
            }
        }
    }

    private static void Require<T>(string scenario, string contender, string what, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new InvalidDataException($"{scenario}: {contender} has other {what} than the floor.\nfloor: {expected}\n{contender}: {actual}");
        }
    }
}
