using System.Globalization;
using Connectors.Databricks.Emulator;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Soak;

/// <summary>
/// The four kinds of calls, two of them on Unity Gateway as well. Each sends unique content and checks the response, so that a response
/// that is lost, duplicated, truncated or of another caller is detected.
/// </summary>
internal sealed class Calls(DatabricksServingClient serving)
{
    private const string ChatEndpoint = "databricks-llama-4-maverick";
    private const string VectorEndpoint = "databricks-gte-large-en";
    private const string ChatService = "system.ai.llama-4-maverick";
    private const string VectorService = "system.ai.gte-large-en";

    /// <summary>More than the number of callers, so that concurrent calls never share one.</summary>
    private const int Texts = 1_024;

    public static readonly string[] Kinds = ["chat", "stream", "embeddings", "predict", "gateway stream", "gateway embeddings"];

    private readonly float[][] _vectors = new float[Texts][];

    /// <summary>Reads the vectors of a few texts before faults are injected.</summary>
    public async Task PrepareAsync()
    {
        var generator = serving.GetEmbeddingGenerator(VectorEndpoint);
        var learned = await generator.GenerateAsync(Enumerable.Range(0, Texts).Select(Text));
        for (var i = 0; i < Texts; i++)
        {
            _vectors[i] = learned[i].Vector.ToArray();
        }
    }

    /// <returns>What is wrong with the response; null if it is correct.</returns>
    public Task<string?> RunAsync(string kind, int number, EmulatedFault? fault, CancellationToken cancellationToken)
    {
        var mark = FaultMix.Mark(number, fault);
        return kind switch
        {
            "chat" => ChatAsync(number, mark, cancellationToken),
            "stream" => StreamAsync(ChatEndpoint, number, mark, cancellationToken),
            "gateway stream" => StreamAsync(ChatService, number, mark, cancellationToken),
            "embeddings" => EmbedAsync(VectorEndpoint, number, mark, cancellationToken),
            "gateway embeddings" => EmbedAsync(VectorService, number, mark, cancellationToken),
            _ => PredictAsync(number, mark, cancellationToken),
        };
    }

    private async Task<string?> ChatAsync(int number, string mark, CancellationToken cancellationToken)
    {
        var response = await serving.GetChatClient(ChatEndpoint).GetResponseAsync(
            Prompt(number, mark), cancellationToken: cancellationToken);
        return Compare(Said(number, mark), response.Text);
    }

    private async Task<string?> StreamAsync(string name, int number, string mark, CancellationToken cancellationToken)
    {
        var text = "";
        var usages = 0;
        await foreach (
            var update in serving.GetChatClient(name).GetStreamingResponseAsync(
                Prompt(number, mark), cancellationToken: cancellationToken))
        {
            text += update.Text;
            usages += update.Contents.OfType<UsageContent>().Count();
        }

        return Compare(Said(number, mark), text) ?? (usages == 1 ? null : $"{usages} token counts");
    }

    private async Task<string?> EmbedAsync(string name, int number, string mark, CancellationToken cancellationToken)
    {
        var vectors = await serving.GetEmbeddingGenerator(name).GenerateAsync(
            [mark, Text(number % Texts)], cancellationToken: cancellationToken);
        return vectors.Count == 2 && vectors[0].Vector.Length == vectors[1].Vector.Length && vectors[1]
            .Vector.Span.SequenceEqual(_vectors[number % Texts]) ? null : "the vectors of another text";
    }

    private async Task<string?> PredictAsync(int number, string mark, CancellationToken cancellationToken)
    {
        int[] tenures = [number % 97, number % 89, number % 83];
        var table = DatabricksPredictionInput.DataframeSplit(
            ["tenure", "monthly_charges", "note"], tenures.Select(tenure => (IEnumerable<object?>)[tenure, 10.0, mark]));
        var prediction = await serving.PredictAsync("churn-v1", table, cancellationToken: cancellationToken);
        var scores = prediction.ToJsonElement().EnumerateArray().Select(score => score.GetDouble()).ToList();
        var right = scores.Count == 3 && scores.Zip(tenures).All(pair => Math.Abs(pair.First - (0.54 - (0.01 * pair.Second))) < 1e-3);
        return right ? null : $"scores {string.Join(", ", scores)} for {string.Join(", ", tenures)}";
    }

    private static string Prompt(int number, string mark) => $"Repeat \"{Said(number, mark)}\"";

    // Long enough for several pieces, with letters of two and four bytes in it, and of no other call.
    private static string Said(int number, string mark)
    {
        var name = number.ToString("x8", CultureInfo.InvariantCulture);
        return $"{mark} {string.Join(' ', Enumerable.Range(0, 8).Select(word => $"wörd-{name}-{word} 🗼"))} end";
    }

    private static string Text(int number) => $"A text about subject {number * 7919}.";

    private static string? Compare(string expected, string actual) =>
        actual == expected ? null : $"'{actual}' for '{expected}'";
}
