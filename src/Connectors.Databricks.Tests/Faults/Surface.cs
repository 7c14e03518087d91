using System.Globalization;
using Connectors.Databricks.Management;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Faults;

/// <summary>The five kinds of calls, each reduced to one text that holds all of its answer.</summary>
internal static class Surface
{
    public static readonly string[] All = ["chat", "stream", "embeddings", "predict", "management"];

    private const string Chat = "databricks-llama-4-maverick";
    private const string Vectors = "databricks-gte-large-en";
    private const string Classic = "churn-v1";

    private static readonly ChatMessage[] Question = [new(ChatRole.User, "Repeat \"one two three four five six seven eight\"")];

    public static string Endpoint(string surface) => surface switch
    {
        "chat" or "stream" => Chat,
        "embeddings" => Vectors,
        _ => Classic,
    };

    public static async Task<string> CallAsync(DatabricksServingClient serving, string surface, CancellationToken cancellationToken) =>
        surface switch
    {
        "chat" => (await serving.GetChatClient(Chat).GetResponseAsync(Question, cancellationToken: cancellationToken)).Text,
        "stream" => string.Concat(await Collect(serving, cancellationToken)),
        "embeddings" => string.Join(
            ' ',
            (await serving.GetEmbeddingGenerator(Vectors).GenerateAsync(["one", "two"], cancellationToken: cancellationToken))
            .SelectMany(embedding => embedding.Vector.ToArray()).Select(number => number.ToString(CultureInfo.InvariantCulture))),
        "predict" => (await serving.PredictAsync(Classic, Table(), cancellationToken: cancellationToken)).ToJsonElement().GetRawText(),
        _ => Described(await serving.GetManagementClient().GetAsync(Classic, cancellationToken)),
    };

    private static string Described(ServingEndpoint endpoint) =>
        $"{endpoint.Name} {endpoint.Id} {endpoint.State?.Ready} {endpoint.Creator}";

    private static DatabricksPredictionInput Table() =>
        DatabricksPredictionInput.DataframeSplit(["tenure", "monthly_charges"], [[10, 50], [1, 100.5], [7, 20]]);

    private static async Task<List<string>> Collect(DatabricksServingClient serving, CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        await foreach (var update in serving.GetChatClient(Chat).GetStreamingResponseAsync(Question, cancellationToken: cancellationToken))
        {
            texts.Add(update.Text);
        }

        return texts;
    }
}
