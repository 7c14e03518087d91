using System.Globalization;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Management;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Faults;

/// <summary>
/// The five kinds of calls, and those that Unity Gateway serves there, each reduced to one text that holds all of its answer.
/// </summary>
internal static class Surface
{
    public static readonly string[] Kinds = ["chat", "stream", "embeddings", "predict", "management"];

    public static readonly string[] All =
    [
        .. Kinds, $"{Gateway}chat", $"{Gateway}stream", $"{Gateway}embeddings",
        $"{Responses}chat", $"{Responses}stream", $"{Agent}chat", $"{Agent}stream",
    ];

    private const string Gateway = "gateway ";

    // The Responses API of a model on the gateway, and of an agent on serving endpoints.
    private const string Responses = "responses ";
    private const string Agent = "agent ";

    private const string ChatEndpoint = "databricks-llama-4-maverick";
    private const string VectorEndpoint = "databricks-gte-large-en";
    private const string ChatService = "system.ai.llama-4-maverick";
    private const string VectorService = "system.ai.gte-large-en";
    private const string ResponsesService = "system.ai.gpt-5-2";
    private const string AgentEndpoint = "task-agent";
    private const string Classic = "churn-v1";

    private static readonly DatabricksChatOptions OverResponses = new() { Api = DatabricksChatApi.Responses };

    private static readonly ChatMessage[] Question = [new(ChatRole.User, "Repeat \"one two three four five six seven eight\"")];

    /// <summary>The kind of a call, whichever surface serves it.</summary>
    public static string Kind(string surface) => surface.Split(' ')[^1];

    /// <summary>Whether the call is to an agent, which may run tools.</summary>
    public static bool IsAgent(string surface) => surface.StartsWith(Agent, StringComparison.Ordinal);

    /// <summary>The name that is called.</summary>
    public static string Name(string surface) => (Kind(surface), IsGateway(surface)) switch
    {
        _ when IsAgent(surface) => AgentEndpoint,
        _ when IsResponses(surface) => ResponsesService,
        ("chat" or "stream", false) => ChatEndpoint,
        ("chat" or "stream", true) => ChatService,
        ("embeddings", false) => VectorEndpoint,
        ("embeddings", true) => VectorService,
        _ => Classic,
    };

    public static EmulatedEndpoint Endpoint(DatabricksEmulator emulator, string surface) =>
        IsGateway(surface) || IsResponses(surface)
            ? emulator.ModelService(Name(surface)).Endpoint
            : emulator.Endpoint(Name(surface));

    public static async Task<string> CallAsync(DatabricksServingClient serving, string surface, CancellationToken cancellationToken) =>
        Kind(surface) switch
        {
            "chat" => (await Chat(serving, surface).GetResponseAsync(Question, cancellationToken: cancellationToken)).Text,
            "stream" => string.Concat(await Collect(Chat(serving, surface), cancellationToken)),
            "embeddings" => string.Join(' ', (await serving.GetEmbeddingGenerator(Name(surface))
                .GenerateAsync(["one", "two"], cancellationToken: cancellationToken))
                .SelectMany(embedding => embedding.Vector.ToArray()).Select(number => number.ToString(CultureInfo.InvariantCulture))),
            "predict" =>
                (await serving.PredictAsync(Classic, Table(), cancellationToken: cancellationToken)).ToJsonElement().GetRawText(),
            _ => Described(await serving.GetManagementClient().GetAsync(Classic, cancellationToken)),
        };

    private static IChatClient Chat(DatabricksServingClient serving, string surface) =>
        serving.GetChatClient(Name(surface), IsResponses(surface) || IsAgent(surface) ? OverResponses : null);

    private static bool IsResponses(string surface) => surface.StartsWith(Responses, StringComparison.Ordinal);

    private static bool IsGateway(string surface) => surface.StartsWith(Gateway, StringComparison.Ordinal);

    private static string Described(ServingEndpoint endpoint) =>
        $"{endpoint.Name} {endpoint.Id} {endpoint.State?.Ready} {endpoint.Creator}";

    private static DatabricksPredictionInput Table() =>
        DatabricksPredictionInput.DataframeSplit(["tenure", "monthly_charges"], [[10, 50], [1, 100.5], [7, 20]]);

    private static async Task<List<string>> Collect(IChatClient chat, CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        await foreach (var update in chat.GetStreamingResponseAsync(Question, cancellationToken: cancellationToken))
        {
            texts.Add(update.Text);
        }

        return texts;
    }
}
