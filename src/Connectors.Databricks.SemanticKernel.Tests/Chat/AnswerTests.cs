using System.Net;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Management;
using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Services;

namespace Connectors.Databricks.SemanticKernel.Tests.Chat;

public class AnswerTests
{
    [Fact]
    public async Task An_answer_says_about_itself_what_apps_look_for()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Llama);
        fixture.Endpoint.RepliesRaw("""
            {
              "id": "chatcmpl-1", "object": "chat.completion", "created": 1763000000, "model": "llama-3.3", "system_fingerprint": "fp",
              "choices": [{ "index": 0, "message": { "role": "assistant", "content": "Sunny." }, "finish_reason": "length" }],
              "usage": {
                "prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15,
                "prompt_tokens_details": { "cached_tokens": 4 }, "completion_tokens_details": { "reasoning_tokens": 3 }
              }
            }
            """);

        var answer = await fixture.Chat.GetChatMessageContentAsync("Weather?");

        Assert.Equal(("Sunny.", AuthorRole.Assistant, "llama-3.3"), (answer.Content, answer.Role, answer.ModelId));
        Assert.Equal("chatcmpl-1", answer.Metadata!["Id"]);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1763000000), answer.Metadata["CreatedAt"]);
        Assert.Equal("Length", answer.Metadata["FinishReason"]);
        Assert.Equal("fp", answer.Metadata["SystemFingerprint"]);
        Assert.Equal(4L, answer.Metadata["CachedInputTokenCount"]);
        Assert.Equal(3L, answer.Metadata["ReasoningTokenCount"]);
        Assert.Equal(fixture.Endpoint.Requests[0].RequestId, answer.Metadata["RequestId"]);
        Assert.Equal(
            (await fixture.Serving.GetManagementClient().GetAsync(EmulatedKernel.Llama)).Config!.ServedEntities[0].Name,
            answer.Metadata["ServedModelName"]);
        var usage = Assert.IsType<UsageDetails>(answer.Metadata["Usage"]);
        Assert.Equal((10L, 5L, 15L), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount));
        Assert.Equal(
            "chatcmpl-1", Assert.IsType<DatabricksServingResponse>(answer.InnerContent).ToJsonElement().GetProperty("id").GetString());
    }

    /// <summary>The keys of the OpenAI connector's metadata, and ours: apps index them, whatever the endpoint sends.</summary>
    private static readonly string[] Keys =
    [
        "Id", "CreatedAt", "SystemFingerprint", "Usage", "Refusal", "FinishReason", "ContentTokenLogProbabilities", "RequestId",
        "ServedModelName", "CachedInputTokenCount", "ReasoningTokenCount",
    ];

    [Fact]
    public async Task Every_key_of_the_metadata_is_there_when_the_endpoint_says_nothing()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Llama);
        fixture.Endpoint.RepliesRaw("""{"choices":[{"index":0,"message":{"role":"assistant","content":"x"}}]}""");

        var answer = await fixture.Chat.GetChatMessageContentAsync("Go.");

        Assert.All(Keys, key => Assert.Contains(key, answer.Metadata!));
        Assert.Null(answer.Metadata!["SystemFingerprint"]);
    }

    [Fact]
    public async Task Every_key_of_the_metadata_is_on_every_update()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.Replies("One two three.");

        await foreach (var update in fixture.Chat.GetStreamingChatMessageContentsAsync("Go."))
        {
            Assert.All([.. Keys, "CompletionId", "RefusalUpdate"], key => Assert.Contains(key, update.Metadata!));
            Assert.Equal(update.Metadata!.Count, update.Metadata.Keys.Count());
            Assert.Equal(update.Metadata["CompletionId"], update.Metadata["Id"]);
        }
    }

    [Theory]
    [InlineData("stop", "Stop")]
    [InlineData("tool_calls", "ToolCalls")]
    [InlineData("content_filter", "ContentFilter")]
    [InlineData("new_reason", "new_reason")]
    public async Task A_finish_reason_is_in_the_words_of_the_OpenAI_connector(string sent, string read)
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Llama);
        fixture.Endpoint.RepliesRaw(
            $$"""{"id":"r","choices":[{"index":0,"message":{"role":"assistant","content":"x"},"finish_reason":"{{sent}}"}]}""");

        Assert.Equal(read, (await fixture.Chat.GetChatMessageContentAsync("Go.")).Metadata!["FinishReason"]);
    }

    [Fact]
    public async Task Each_choice_is_a_message()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Llama);
        fixture.Endpoint.RepliesRaw("""
            {"id":"r","choices":[
              {"index":0,"message":{"role":"assistant","content":"One"},"finish_reason":"stop"},
              {"index":1,"message":{"role":"assistant","content":"Two"},"finish_reason":"length"}]}
            """);
        ChatHistory history = [new(AuthorRole.User, "Say it.")];

        var answers = await fixture.Chat.GetChatMessageContentsAsync(history, new DatabricksPromptExecutionSettings { ChoiceCount = 2 });

        Assert.Equal(["One: Stop", "Two: Length"], answers.Select(answer => $"{answer.Content}: {answer.Metadata!["FinishReason"]}"));
        Assert.Single(history);
        Assert.Equal(2, (int?)fixture.Sent()["n"]);
    }

    [Fact]
    public async Task Cited_text_is_one_text()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Claude);
        fixture.Endpoint.RepliesRaw("""
            {"id":"r","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":[
              {"type":"text","text":"Bonn has "},
              {"type":"text","text":"rain","citations":[{"type":"url_citation","url":"https://example.com/bonn","title":"Bonn"}]},
              {"type":"text","text":"."}]}}]}
            """);

        var answer = await fixture.Chat.GetChatMessageContentAsync("Weather?");

        Assert.Equal("Bonn has rain.", answer.Content);
        Assert.Single(answer.Items);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_failure_is_an_HttpOperationException_with_ours_inside(bool streams)
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.Fails(429, "REQUEST_LIMIT_EXCEEDED", "Too many.");

        var failure = await Assert.ThrowsAsync<HttpOperationException>(async () =>
        {
            if (streams)
            {
                await foreach (var _ in fixture.Chat.GetStreamingChatMessageContentsAsync("Hello"))
                {
                }
            }
            else
            {
                await fixture.Chat.GetChatMessageContentsAsync("Hello");
            }
        });

        Assert.Equal((HttpStatusCode.TooManyRequests, "Too many."), (failure.StatusCode, failure.ResponseContent));
        Assert.Equal("REQUEST_LIMIT_EXCEEDED", Assert.IsType<DatabricksServingException>(failure.InnerException).ErrorCode);
    }

    [Fact]
    public async Task A_stream_that_breaks_off_is_an_HttpOperationException()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.CutsTheStreamAfter(2).Replies("One two three four five.");

        var failure = await Assert.ThrowsAsync<HttpOperationException>(async () =>
        {
            await foreach (var _ in fixture.Chat.GetStreamingChatMessageContentsAsync("Hello"))
            {
            }
        });

        Assert.True(Assert.IsType<DatabricksServingException>(failure.InnerException).IsTransient);
    }

    [Fact]
    public async Task What_an_agent_did_before_it_spoke_goes_into_the_history_and_is_not_done_again()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        emulator.AddAgentEndpoint("agent").Replies(System.Text.Json.Nodes.JsonNode.Parse("""
            {"messages":[
              {"role":"assistant","id":"1","content":"","tool_calls":[{"id":"c","type":"function","function":{"name":"look","arguments":"{}"}}]},
              {"role":"tool","id":"2","name":"look","tool_call_id":"c","content":"rain"},
              {"role":"assistant","id":"3","content":"It rains."}]}
            """)!);
        var serving = new DatabricksServingClient(emulator.Host, DatabricksCredential.FromToken(emulator.Token));
        var chat = new DatabricksChatCompletionService("agent", serving);
        ChatHistory history = [new(AuthorRole.User, "Weather?")];

        var answers = await chat.GetChatMessageContentsAsync(
            history, new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() }, new Kernel());

        Assert.Equal("It rains.", Assert.Single(answers).Content);
        Assert.Equal([AuthorRole.User, AuthorRole.Assistant, AuthorRole.Tool], history.Select(message => message.Role));
        Assert.Single(emulator.Requests);
    }

    [Fact]
    public async Task A_service_says_which_endpoint_it_is()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);

        Assert.Equal(EmulatedKernel.Gpt, fixture.Chat.GetModelId());
        Assert.Equal(fixture.Emulator.Host.ToString(), fixture.Chat.GetEndpoint());
    }
}
