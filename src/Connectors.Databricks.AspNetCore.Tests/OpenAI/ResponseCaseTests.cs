using System.ClientModel;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;
using Microsoft.Extensions.AI;
using OpenAIClient = OpenAI.OpenAIClient;
using OpenAIClientOptions = OpenAI.OpenAIClientOptions;

namespace Connectors.Databricks.AspNetCore.Tests.OpenAI;

/// <summary>
/// Responses from public bug reports, read by the OpenAI client of Microsoft.Extensions.AI through the app: it gets the values that the
/// connector gets.
/// </summary>
public class ResponseCaseTests
{
    private const string Model = "reported";

    private static readonly JsonArray Cases = Read();

    public static TheoryData<string, string> Answers => Ids(expected => expected["error"] is null);

    public static TheoryData<string, string> Errors => Ids(expected => expected["error"] is not null);

    private static JsonArray Read()
    {
        using var stream = typeof(ResponseCaseTests).Assembly.GetManifestResourceStream("responses.json")!;
        return JsonNode.Parse(stream)!.AsArray();
    }

    private static TheoryData<string, string> Ids(Func<JsonNode, bool> isMeant)
    {
        var ids = new TheoryData<string, string>();
        foreach (var item in Cases.Where(item => item!["expect"]!["surface"] is null && isMeant(item["expect"]!)))
        {
            ids.Add((string)item!["id"]!, "chat");
            ids.Add((string)item["id"]!, "responses");
        }

        return ids;
    }

    private static JsonNode CaseOf(string id) => Cases.Single(item => (string?)item!["id"] == id)!;

    private static async Task<ChatResponse> AskAsync(OpenAIApp app, JsonNode item, string api, bool isStream)
    {
        var endpoint = app.Emulator.AddChatEndpoint(Model, EmulatedDialect.Llama).AcceptsAnything();
        _ = item["events"] is JsonArray events
            ? endpoint.StreamsRaw([.. events.Select(data => $"data: {(string)data!}\n\n")])
            : endpoint.RepliesRaw(
                item["body"]?.ToJsonString() ?? (string)item["text"]!, (int?)item["status"] ?? 200,
                (string?)item["media_type"] ?? "application/json");
        var client = new OpenAIClient(
            new ApiKeyCredential(OpenAIApp.ClientKey),
            new OpenAIClientOptions
            {
                Endpoint = new Uri(app.Address, "/v1"),
                RetryPolicy = new System.ClientModel.Primitives.ClientRetryPolicy(maxRetries: 0),
            });
        var chat = api == "chat" ? client.GetChatClient(Model).AsIChatClient() : client.GetResponsesClient().AsIChatClient(Model);
        return isStream
            ? await chat.GetStreamingResponseAsync("Hello?").ToChatResponseAsync()
            : await chat.GetResponseAsync("Hello?");
    }

    [Theory, MemberData(nameof(Answers))]
    public async Task A_response_that_clients_failed_on_has_its_values(string id, string api)
    {
        await using var app = await OpenAIApp.StartAsync();
        var item = CaseOf(id);
        foreach (var isStream in item["events"] is null ? (bool[])[false, true] : [true])
        {
            AssertValues(item["expect"]!, await AskAsync(app, item, api, isStream), isResponses: api == "responses");
        }
    }

    [Theory, MemberData(nameof(Errors))]
    public async Task An_error_that_clients_failed_on_is_an_error_with_a_code(string id, string api)
    {
        await using var app = await OpenAIApp.StartAsync();
        var item = CaseOf(id);

        var exception = await Record.ExceptionAsync(() => AskAsync(app, item, api, isStream: true));

        if (exception is ClientResultException failure)
        {
            // A feature that the workspace lacks, and a token that it rejects (e03), are no errors of the client.
            var status = (int?)item["status"] switch
            {
                404 when (string?)item["expect"]!["code"] != "FEATURE_DISABLED" => 404,
                400 when id != "e03" => 400,
                _ => 502,
            };
            Assert.Equal(status, failure.Status);
            Assert.DoesNotContain("11111111-2222", failure.GetRawResponse()!.Content.ToString(), StringComparison.Ordinal);
            Assert.NotEmpty((string)JsonNode.Parse(failure.GetRawResponse()!.Content)!["error"]!["code"]!);
        }
        else
        {
            // A stream that failed after its first event.
            Assert.NotNull(exception);
        }
    }

    private static void AssertValues(JsonNode expected, ChatResponse response, bool isResponses)
    {
        var calls = response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToList();
        if (expected["text"] is { } text)
        {
            Assert.Equal((string?)text, response.Text);
        }

        // The client of the Responses API has none for a complete document, and stop for calls.
        if (expected["finish"] is { } finish && !isResponses)
        {
            Assert.Equal((string?)finish, response.FinishReason?.Value);
        }

        if (expected["usage"] is JsonArray usage)
        {
            Assert.Equal(
                usage.Select(count => (long?)count),
                [response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount]);
        }

        if (expected["cached"] is { } cached)
        {
            Assert.Equal((long?)cached, response.Usage!.CachedInputTokenCount);
        }

        if (expected["calls"] is JsonArray named)
        {
            Assert.Equal(named.Select(call => (string?)call![0]), calls.Select(call => call.Name));
            Assert.All(named.Zip(calls), pair => AssertArguments(pair.First![1] as JsonObject, pair.Second));
        }

        if (expected["distinct_ids"] is not null)
        {
            Assert.Equal(calls.Count, calls.Select(call => call.CallId).Where(id => id.Length > 0).Distinct().Count());
        }
    }

    // Null represents arguments that cannot be read.
    private static void AssertArguments(JsonObject? expected, FunctionCallContent call)
    {
        if (expected is null)
        {
            Assert.NotNull(call.Exception);
            return;
        }

        Assert.Equal(
            expected.Select(member => (member.Key, member.Value!.ToString())),
            call.Arguments!.Select(pair => (pair.Key, pair.Value!.ToString()!)));
    }
}
