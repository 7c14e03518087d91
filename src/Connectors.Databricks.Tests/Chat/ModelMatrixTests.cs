using System.Net;
using System.Text.Json;
using Connectors.Databricks.Emulator;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat;

/// <summary>One rich request, every family: shaped it is answered, bare it is refused, and without any record the endpoint teaches.</summary>
public sealed class ModelMatrixTests : IAsyncLifetime
{
    private DatabricksEmulator _emulator = null!;

    public static TheoryData<string> Models =>
    [
        "databricks-meta-llama-3-3-70b-instruct", "databricks-llama-4-maverick", "databricks-claude-sonnet-4-5", "databricks-claude-opus-4-8",
        "databricks-gpt-5-2", "databricks-gpt-oss-120b", "databricks-gemini-3-1-pro", "databricks-kimi-k3", "databricks-inkling", "azure-gpt-4o",
    ];

    public async Task InitializeAsync() => _emulator = await DatabricksEmulator.StartAsync();

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Fact]
    public void The_matrix_covers_every_model_of_the_emulator() => Assert.Equal(
        Models.Select<object[], string>(row => _emulator.Endpoint((string)row[0]).Model).Order(),
        _emulator.Endpoints.Where(endpoint => endpoint.Task == "llm/v1/chat").Select(endpoint => endpoint.Model).Distinct().Order());

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_shaped_request_is_answered_at_once_and_its_changes_are_told(string model)
    {
        var endpoint = _emulator.Endpoint(model);

        var response = await Chat(model).GetResponseAsync(Conversation(), Options());

        Assert.Equal([200], endpoint.Requests.Select(request => request.StatusCode!.Value));
        Assert.NotEmpty(response.Messages);
        Assert.NotEmpty(response.GetRequestAdjustments());
        Assert.All(response.GetRequestAdjustments(), adjustment => Assert.Contains("does not take it (record of 2026-", adjustment.Reason + Told(adjustment)));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_shaped_stream_is_answered_at_once_and_its_changes_are_told(string model)
    {
        var endpoint = _emulator.Endpoint(model);

        var response = await Chat(model).GetStreamingResponseAsync(Conversation(), Options()).ToChatResponseAsync();

        Assert.Equal([200], endpoint.Requests.Select(request => request.StatusCode!.Value));
        Assert.NotEmpty(response.GetRequestAdjustments());
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_bare_request_meets_the_refusal_of_its_family(string model)
    {
        var chat = Chat(model, options => options.ShapeRequests = false);

        var failure = await Assert.ThrowsAsync<DatabricksServingException>(() => chat.GetResponseAsync(Conversation(), Options()));

        Assert.Equal((HttpStatusCode.BadRequest, 1), (failure.StatusCode!.Value, _emulator.Endpoint(model).Requests.Count));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Without_a_record_an_endpoint_teaches_once_what_it_takes(string model)
    {
        var serving = Client(options => options.Models = DatabricksModelCatalog.Empty);
        var endpoint = _emulator.Endpoint(model);
        var chat = serving.GetChatClient(model);

        var response = await chat.GetResponseAsync(Conversation(), Options());
        var before = endpoint.Requests.Count;
        await chat.GetResponseAsync(Conversation(), Options());

        Assert.NotEmpty(response.Messages);
        Assert.All(endpoint.Requests.SkipLast(2), request => Assert.Equal(400, request.StatusCode));
        Assert.Equal(before + 1, endpoint.Requests.Count);
        Assert.Equal(before - 1, serving.GetLessons().Count);
        Assert.All(
            response.GetRequestAdjustments().Where(adjustment => adjustment.Reason != "nothing is known of this model"),
            adjustment => Assert.Contains("the endpoint refused it: ", adjustment.Reason + Told(adjustment)));
    }

    // Some changes have reasons of their own.
    private static string Told(DatabricksRequestAdjustment adjustment) => adjustment.Change.Contains("beside") || adjustment.Field == "thinking"
        ? "does not take it (record of 2026-; the endpoint refused it: "
        : string.Empty;

    private IChatClient Chat(string model, Action<DatabricksServingOptions>? configure = null) => Client(configure).GetChatClient(model);

    private DatabricksServingClient Client(Action<DatabricksServingOptions>? configure)
    {
        var options = new DatabricksServingOptions
        {
            Host = _emulator.Host,
            Credential = DatabricksCredential.FromToken(_emulator.Token),
            ReplaceUnsupportedMedia = true,
        };
        configure?.Invoke(options);
        return new DatabricksServingClient(options);
    }

    private static List<ChatMessage> Conversation() =>
    [
        new(ChatRole.System, "You are a weather forecaster."),
        new(ChatRole.User, [new TextContent("What is the weather in both cities of this picture?"), new DataContent(new byte[] { 1, 2, 3 }, "image/png")]),
        new(ChatRole.Assistant,
        [
            new TextContent("I will look."),
            new FunctionCallContent("call_1", "get_weather", new Dictionary<string, object?> { ["city"] = "Utrecht" }),
            new FunctionCallContent("call_2", "get_weather", new Dictionary<string, object?> { ["city"] = "Delft" }),
        ]),
        new(ChatRole.Tool, [new FunctionResultContent("call_1", "sunny"), new FunctionResultContent("call_2", "rainy")]),
        new(ChatRole.System, "Answer briefly."),
        new(ChatRole.User, "Summarise it."),
    ];

    private static ChatOptions Options() => new()
    {
        Temperature = 0.5f,
        TopP = 0.9f,
        TopK = 20,
        FrequencyPenalty = 0.1f,
        PresencePenalty = 0.1f,
        Seed = 7,
        MaxOutputTokens = 5000,
        StopSequences = ["THE END"],
        AllowMultipleToolCalls = false,
        Reasoning = new ReasoningOptions { Effort = ReasoningEffort.ExtraHigh, Output = ReasoningOutput.Summary },
        ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "properties": { "summary": { "type": "string" } }
            }
            """)),
        Tools = [AIFunctionFactory.CreateDeclaration("get_weather", "The weather in a city.", Schema("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "properties": {
                "city": { "type": "string", "examples": ["Utrecht"] },
                "days": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
                "unit": { "const": "celsius" },
                "place": { "$ref": "#/$defs/place" },
                "tags": { "type": "array" }
              },
              "required": ["city"],
              "additionalProperties": true,
              "$defs": { "place": { "type": "object", "properties": { "lat": { "type": "number" } }, "additionalProperties": false } }
            }
            """))],
        AdditionalProperties = new() { [DatabricksPropertyNames.Strict] = true },
    };

    private static JsonElement Schema(string json) => JsonDocument.Parse(json).RootElement;
}
