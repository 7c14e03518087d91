using System.ClientModel;
using System.ComponentModel;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using OpenAIClient = OpenAI.OpenAIClient;
using OpenAIClientOptions = OpenAI.OpenAIClientOptions;

namespace Connectors.Databricks.AspNetCore.Tests.OpenAI;

/// <summary>The OpenAI client of Microsoft.Extensions.AI, with chat completions and with Responses, through the app.</summary>
public class StockClientTests
{
    private const string Responses = "responses";

    public static TheoryData<string, string> Models
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var model in (string[])["databricks-claude-sonnet-4-5", "databricks-gpt-5-2", "databricks-gpt-oss-120b",
                "databricks-gemini-3-1-pro", "databricks-kimi-k3", "databricks-inkling", "databricks-meta-llama-3-3-70b-instruct"])
            {
                data.Add("chat", model);
                data.Add(Responses, model);
            }

            return data;
        }
    }

    private static IChatClient ClientOf(OpenAIApp app, string api, string model)
    {
        var client = Client(app);
        return api == Responses ? client.GetResponsesClient().AsIChatClient(model) : client.GetChatClient(model).AsIChatClient();
    }

    private static OpenAIClient Client(OpenAIApp app) => new(
        new ApiKeyCredential(OpenAIApp.ClientKey),
        new OpenAIClientOptions
        {
            Endpoint = new Uri(app.Address, "/v1"),
            RetryPolicy = new System.ClientModel.Primitives.ClientRetryPolicy(maxRetries: 0),
        });

    private static async Task<ChatResponse> AskAsync(IChatClient chat, bool isStream, List<ChatMessage> messages,
        ChatOptions? options = null) =>
        isStream
            ? await chat.GetStreamingResponseAsync(messages, options).ToChatResponseAsync()
            : await chat.GetResponseAsync(messages, options);

    [Theory, MemberData(nameof(Models))]
    public async Task Text_usage_and_finish_reason_arrive(string api, string model)
    {
        await using var app = await OpenAIApp.StartAsync();
        foreach (var isStream in (bool[])[false, true])
        {
            var response = await AskAsync(ClientOf(app, api, model), isStream, [new(ChatRole.User, "Say 'ok'")]);

            Assert.Contains("ok", response.Text, StringComparison.Ordinal);
            Assert.True(response.Usage?.OutputTokenCount > 0, model);

            // The client of the Responses API sets none for a complete response.
            Assert.Equal(api == Responses && !isStream ? null : ChatFinishReason.Stop, response.FinishReason);
        }
    }

    [Theory, MemberData(nameof(Models))]
    public async Task Tools_are_called_and_their_results_answered(string api, string model)
    {
        await using var app = await OpenAIApp.StartAsync();
        [Description("weather of a city")]
        static string GetWeather(string city) => $"rain in {city}";
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create(GetWeather, "get_weather")] };
        foreach (var isStream in (bool[])[false, true])
        {
            using var chat = ClientOf(app, api, model).AsBuilder().UseFunctionInvocation().Build();

            var response = await AskAsync(chat, isStream, [new(ChatRole.User, "What is the weather in Oslo?")], options);

            Assert.Contains("rain in Oslo", response.Text, StringComparison.Ordinal);
        }
    }

    [Theory, InlineData("chat"), InlineData(Responses)]
    public async Task Structured_output_and_images_are_sent(string api)
    {
        await using var app = await OpenAIApp.StartAsync();
        var options = new ChatOptions
        {
            ResponseFormat = ChatResponseFormat.ForJsonSchema(
                System.Text.Json.JsonDocument.Parse(
                    """{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}""").RootElement,
                "city"),
        };
        var image = new DataContent(
            "data:image/png;base64," +
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

        var response = await AskAsync(
            ClientOf(app, api, "databricks-gpt-5-2"), isStream: true, [new(ChatRole.User, [new TextContent("Which city?"), image])],
                options);

        Assert.Contains("\"city\":", response.Text, StringComparison.Ordinal);
        Assert.Contains("data:image/png;base64,iVBOR", app.Emulator.Requests[^1].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat", 429, "REQUEST_LIMIT_EXCEEDED", 429, "rate_limit_exceeded")]
    [InlineData("chat", 400, "INVALID_PARAMETER_VALUE", 400, "invalid_request")]
    [InlineData("chat", 404, "ENDPOINT_NOT_FOUND", 404, "model_not_found")]
    [InlineData(Responses, 500, "INTERNAL_ERROR", 502, "upstream_error")]
    [InlineData(Responses, 403, "PERMISSION_DENIED", 502, "upstream_error")]
    [InlineData(Responses, 429, "REQUEST_LIMIT_EXCEEDED", 429, "rate_limit_exceeded")]
    public async Task Errors_are_exceptions_with_their_status_and_code(string api, int sent, string code, int status, string errorCode)
    {
        await using var app = await OpenAIApp.StartAsync();
        foreach (var isStream in (bool[])[false, true])
        {
            app.Emulator.Endpoint("databricks-gpt-5-2").Fails(sent, code);

            var exception = await Assert.ThrowsAsync<ClientResultException>(
                () => AskAsync(ClientOf(app, api, "databricks-gpt-5-2"), isStream, [new(ChatRole.User, "hi")]));

            Assert.Equal(
                (status, errorCode),
                (exception.Status, (string?)JsonNode.Parse(exception.GetRawResponse()!.Content)!["error"]!["code"]));
        }
    }

    [Theory, InlineData("chat"), InlineData(Responses)]
    public async Task A_stream_that_breaks_off_never_reads_as_complete(string api)
    {
        await using var app = await OpenAIApp.StartAsync();
        app.Emulator.Endpoint("databricks-gpt-5-2").CutsTheStreamAfter(3).Replies("One two three four five.");
        var chat = ClientOf(app, api, "databricks-gpt-5-2");

        var exception = await Record.ExceptionAsync(() => AskAsync(chat, isStream: true, [new(ChatRole.User, "hi")]));

        Assert.NotNull(exception);
    }

    [Fact]
    public async Task Embeddings_and_models_arrive()
    {
        await using var app = await OpenAIApp.StartAsync();
        using var generator = Client(app).GetEmbeddingClient("databricks-gte-large-en").AsIEmbeddingGenerator();

        var vectors = await generator.GenerateAsync(["a", "b"]);

        Assert.Equal([1024, 1024], vectors.Select(vector => vector.Vector.Length));
        Assert.Contains((await Client(app).GetOpenAIModelClient().GetModelsAsync()).Value, model => model.Id == "task-agent");
    }
}
