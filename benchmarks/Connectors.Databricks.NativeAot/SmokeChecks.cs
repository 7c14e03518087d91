using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Connectors.Databricks.Management;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.NativeAot;

/// <summary>What an app does with the connector. Each check throws if the result is wrong.</summary>
internal static partial class SmokeChecks
{
    private const string Chat = "databricks-meta-llama-3-3-70b-instruct";
    private const string Reasoning = "databricks-claude-sonnet-4-5";

    public static (string Name, Func<DatabricksServingClient, Task<string>> Act)[] All { get; } =
    [
        ("chat", ChatsAsync),
        ("stream", StreamsAsync),
        ("tool", CallsAToolAsync),
        ("schema", FillsASchemaAsync),
        ("embed", EmbedsAsync),
        ("predict", PredictsAsync),
        ("list", ListsAsync),
    ];

    private static async Task<string> ChatsAsync(DatabricksServingClient serving)
    {
        var response = await serving.GetChatClient(Chat).GetResponseAsync("Hello!");
        Require(response.Text.Length > 0 && response.Usage?.TotalTokenCount > 0, "No text, or no counts.");
        return response.Text;
    }

    private static async Task<string> StreamsAsync(DatabricksServingClient serving)
    {
        var text = new StringBuilder();
        var updates = 0;
        var options = new ChatOptions { Reasoning = new() { Effort = ReasoningEffort.Low } };
        await foreach (var update in serving.GetChatClient(Reasoning).GetStreamingResponseAsync("Tell me a short story.", options))
        {
            text.Append(update.Text);
            updates++;
        }

        Require(updates > 3 && text.Length > 0, "A stream of no pieces.");
        return $"{text.Length} characters in {updates} updates";
    }

    private static async Task<string> CallsAToolAsync(DatabricksServingClient serving)
    {
        using var parameters = JsonDocument.Parse("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}""");
        var weather = AIFunctionFactory.CreateDeclaration("get_weather", "The current weather of a city.", parameters.RootElement);
        var options = new ChatOptions { Tools = [weather] };
        List<ChatMessage> conversation = [new(ChatRole.User, "What is the current weather in the city of Paris?")];
        var chat = serving.GetChatClient(Chat);

        var first = await chat.GetResponseAsync(conversation, options);
        conversation.AddRange(first.Messages);
        List<FunctionCallContent> calls = [.. first.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>()];
        Require(calls is [{ Name: "get_weather" }], "The tool was not called once.");
        conversation.Add(new(ChatRole.Tool, [new FunctionResultContent(calls[0].CallId, "17 degrees and rain")]));
        var last = await chat.GetResponseAsync(conversation, options);
        Require(last.Text.Contains("17", StringComparison.Ordinal), "The result of the tool is not in the response.");
        return last.Text;
    }

    private static async Task<string> FillsASchemaAsync(DatabricksServingClient serving)
    {
        using var schema = JsonDocument.Parse(
            """{"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer"}},"required":["name","age"],"additionalProperties":false}""");
        var options = new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema.RootElement, "person") };
        var response = await serving.GetChatClient(Chat).GetResponseAsync("Name: Ada. Age: 36.", options);
        var person = JsonSerializer.Deserialize(response.Text, DeedsJson.Default.Person);
        Require(person is not null, "No person.");
        return $"{person}";
    }

    private static async Task<string> EmbedsAsync(DatabricksServingClient serving)
    {
        var vectors = await serving.GetEmbeddingGenerator("databricks-gte-large-en").GenerateAsync(["a cat", "a kitten"]);
        Require(vectors.Count == 2 && vectors[0].Vector.Length == 1024, "Not two vectors of 1,024 numbers.");
        return $"{vectors.Count} vectors of {vectors[0].Vector.Length}";
    }

    private static async Task<string> PredictsAsync(DatabricksServingClient serving)
    {
        Customer[] customers = [new("Ada", Tenure: 40, MonthlyCharges: 20), new("Grace", Tenure: 10, MonthlyCharges: 50)];
        var scores = await serving.PredictAsync(
            "churn-v1", DatabricksPredictionInput.DataframeSplit(customers, DeedsJson.Default.Customer), DeedsJson.Default.Double);
        Require(scores.Count == customers.Length, "Not a score for each row.");
        return string.Join(", ", scores.Select(score => score.ToString("F2", CultureInfo.InvariantCulture)));
    }

    private static async Task<string> ListsAsync(DatabricksServingClient serving)
    {
        var endpoints = await serving.GetManagementClient().ListAsync();
        var ready = endpoints.Count(endpoint => endpoint.IsReady);
        Require(
            ready > 0 && endpoints.Any(endpoint => endpoint is { Name: Chat, Task.Value: "llm/v1/chat" }),
            "The chat endpoint is not in the list.");

        var directory = await serving.Directory.GetAsync();
        var models = directory.Where(new DirectoryFilter { Mode = EndpointMode.Chat });
        Require(models.Any(profile => profile is { Name: Reasoning, SupportsReasoning.Value: true }),
            "The directory reports no reasoning.");
        return $"{ready} of {endpoints.Count} endpoints are ready, {models.Count} of them chat";
    }

    private static void Require(bool holds, string complaint)
    {
        if (!holds)
        {
            throw new InvalidOperationException(complaint);
        }
    }

    internal sealed record Person(string Name, int Age);

    internal sealed record Customer(string Name, int Tenure, double MonthlyCharges);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(Person))]
    [JsonSerializable(typeof(Customer))]
    [JsonSerializable(typeof(double))]
    private sealed partial class DeedsJson : JsonSerializerContext;
}
