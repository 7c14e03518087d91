using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses.Outbound;

/// <summary>The documents that are sent to the Responses API.</summary>
public class ResponsesRequestTests
{
    private const string Gpt = "system.ai.gpt-5-2";
    private const string Claude = "system.ai.claude-sonnet-4-5";

    [Fact]
    public async Task A_question_has_the_model_and_one_item() => Same(
        """{"model":"system.ai.kimi-k3","input":[{"type":"message","role":"user","content":"Hi"}]}""",
        await SentAsync("system.ai.kimi-k3", [new(ChatRole.User, "Hi")]));

    [Fact]
    public async Task It_goes_to_the_gateway_or_to_the_path_of_serving_endpoints()
    {
        Assert.Equal("/ai-gateway/mlflow/v1/responses", await PathAsync(Gpt));
        Assert.Equal("/serving-endpoints/responses", await PathAsync("databricks-gpt-5-2"));
        Assert.Equal("/serving-endpoints/responses", await PathAsync("my-agent"));
        Assert.Equal("/serving-endpoints/open-responses", await PathAsync("databricks-claude-sonnet-4-5"));
    }

    [Fact]
    public async Task System_messages_and_instructions_are_the_instructions()
    {
        var sent = await SentAsync(
            Claude, [new(ChatRole.System, "Be kind."), new(ChatRole.User, "Hi")], new ChatOptions { Instructions = "Be brief." });

        Assert.Equal("Be brief.\n\nBe kind.", sent["instructions"]!.ToString());
        Assert.Single(sent["input"]!.AsArray());
    }

    [Fact]
    public async Task System_messages_alone_are_the_input()
    {
        var sent = await SentAsync(
            Gpt,
            [new(ChatRole.System, "Greet."), new(new ChatRole("developer"), "Be kind.")],
            new ChatOptions { Instructions = "Be brief." });

        Assert.Equal("Be brief.", sent["instructions"]!.ToString());
        Same(
            """[{"type":"message","role":"system","content":"Greet."},{"type":"message","role":"developer","content":"Be kind."}]""",
            sent["input"]!);
    }

    [Fact]
    public async Task Text_and_images_are_parts()
    {
        var sent = await SentAsync(Claude, [new(ChatRole.User,
        [
            new TextContent("What is this?"), new DataContent(new byte[] { 1, 2, 3 }, "image/png"),
            new UriContent("https://example.com/a.jpg", "image/jpeg"),
        ])]);

        Same(
            """
            [{"type":"input_text","text":"What is this?"},{"type":"input_image","image_url":"data:image/png;base64,AQID"},
             {"type":"input_image","image_url":"https://example.com/a.jpg"}]
            """,
            sent["input"]![0]!["content"]!);
    }

    [Theory]
    [InlineData("application/pdf")]
    [InlineData("audio/wav")]
    [InlineData("video/mp4")]
    public async Task Other_media_are_refused_by_name(string mediaType)
    {
        var exception = await Assert.ThrowsAsync<NotSupportedException>(() => SentAsync(
            "system.ai.some-model", [new(ChatRole.User, [new DataContent(new byte[] { 1 }, mediaType)])]));

        Assert.Contains(mediaType, exception.Message, StringComparison.Ordinal);
        Assert.Contains("chat completions", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tools_and_formats_are_flat()
    {
        var sent = await SentAsync(Gpt, [new(ChatRole.User, "Hi")], new ChatOptions
        {
            Tools = [AIFunctionFactory.Create((string city) => "sun", "get_weather", "The weather of a city.")],
            ToolMode = ChatToolMode.RequireSpecific("get_weather"),
            AllowMultipleToolCalls = false,
            ResponseFormat = ChatResponseFormat.ForJsonSchema(
                JsonDocument.Parse("""{"type":"object","properties":{"a":{"type":"string"}}}""").RootElement, "answer"),
        });

        var tool = sent["tools"]![0]!;
        Assert.Equal(("function", "get_weather"), (tool["type"]!.ToString(), tool["name"]!.ToString()));
        Assert.Equal("object", tool["parameters"]!["type"]!.ToString());
        Assert.Null(tool["function"]);
        Same("""{"type":"function","name":"get_weather"}""", sent["tool_choice"]!);
        Assert.False(sent["parallel_tool_calls"]!.GetValue<bool>());
        var format = sent["text"]!["format"]!;
        Assert.Equal(("json_schema", "answer"), (format["type"]!.ToString(), format["name"]!.ToString()));
        Assert.Equal("object", format["schema"]!["type"]!.ToString());
        Assert.Null(sent["response_format"]);
    }

    [Fact]
    public async Task Limits_and_reasoning_have_the_names_of_the_API()
    {
        var sent = await SentAsync(Gpt, [new(ChatRole.User, "Hi")], new ChatOptions
        {
            MaxOutputTokens = 100,
            Reasoning = new() { Effort = ReasoningEffort.Low, Output = ReasoningOutput.Summary },
        });

        Assert.Equal(100, sent["max_output_tokens"]!.GetValue<int>());
        Same("""{"effort":"low","summary":"auto"}""", sent["reasoning"]!);
        Same("""["reasoning.encrypted_content"]""", sent["include"]!);
    }

    [Theory]
    [InlineData(0.5f, 1f)]
    [InlineData(1f, 2f)]
    [InlineData(1.5f, 2f)]
    public async Task The_temperature_of_Claude_is_doubled(float given, float expected)
    {
        var sent = await SentAsync(Claude, [new(ChatRole.User, "Hi")], new ChatOptions { Temperature = given });

        Assert.Equal(expected, sent["temperature"]!.GetValue<float>());
    }

    [Fact]
    public async Task Another_temperature_is_sent_as_it_is() => Assert.Equal(
        0.5f,
        (await SentAsync("system.ai.kimi-k3", [new(ChatRole.User, "Hi")], new ChatOptions { Temperature = 0.5f }))["temperature"]!
            .GetValue<float>());

    [Fact]
    public async Task What_the_API_lacks_is_left_out_and_reported()
    {
        var service = new VerbatimService().Answers(Body);
        var response = await service.Client(Responses).GetChatClient("system.ai.kimi-k3").GetResponseAsync("Hi", new ChatOptions
        {
            StopSequences = ["END"],
            Seed = 1,
            TopK = 5,
            FrequencyPenalty = 0.1f,
            PresencePenalty = 0.1f,
        }.WithChoiceCount(2).WithLogProbs());

        string[] lacking = ["stop", "seed", "top_k", "frequency_penalty", "presence_penalty", "n", "logprobs"];
        var sent = JsonNode.Parse(service.Sent.Single().Body)!;
        Assert.All(lacking, name => Assert.False(sent.AsObject().ContainsKey(name), name));
        Assert.Equal(
            lacking.Order(StringComparer.Ordinal),
            response.GetRequestAdjustments().Select(adjustment => adjustment.Field).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public async Task Numbers_that_are_none_are_refused(float value)
    {
        foreach (var options in (ChatOptions[])[
            new() { FrequencyPenalty = value }, new() { PresencePenalty = value }, new() { Temperature = value }, new() { TopP = value }])
        {
            var refusal = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
                () => SentAsync("system.ai.kimi-k3", [new(ChatRole.User, "Hi")], options));
            Assert.Contains("which no model accepts", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Values_out_of_range_are_refused()
    {
        foreach (var options in (ChatOptions[])[
            new() { Temperature = -0.1f }, new() { TopP = -0.1f }, new() { TopP = 1.1f }, new() { TopK = 0 },
            new() { MaxOutputTokens = 0 }])
        {
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
                () => SentAsync("system.ai.kimi-k3", [new(ChatRole.User, "Hi")], options));
        }

        await Assert.ThrowsAsync<ArgumentException>(
            () => SentAsync("system.ai.kimi-k3", [new(ChatRole.User, "Hi")], new ChatOptions { StopSequences = [""] }));
    }

    [Fact]
    public async Task A_conversation_of_another_client_becomes_items()
    {
        var sent = await SentAsync("system.ai.kimi-k3",
        [
            new(ChatRole.User, "Weather?"),
            new(ChatRole.Assistant,
            [
                new TextReasoningContent("hm"), new TextContent("Let me look."),
                new FunctionCallContent("call_1", "get_weather", new Dictionary<string, object?> { ["city"] = "Oslo" }),
            ]),
            new(ChatRole.Tool, [new FunctionResultContent("call_1", "sun")]),
            new(ChatRole.Assistant, "Sun."),
            new(ChatRole.User, "Thanks"),
        ]);

        Same(
            """
            [{"type":"message","role":"user","content":"Weather?"},
             {"type":"message","role":"assistant","content":[{"type":"output_text","text":"Let me look."}]},
             {"type":"function_call","call_id":"call_1","name":"get_weather","arguments":"{\"city\":\"Oslo\"}"},
             {"type":"function_call_output","call_id":"call_1","output":"sun"},
             {"type":"message","role":"assistant","content":[{"type":"output_text","text":"Sun."}]},
             {"type":"message","role":"user","content":"Thanks"}]
            """,
            sent["input"]!);
    }

    [Fact]
    public async Task An_image_of_a_tool_follows_in_a_message()
    {
        var sent = await SentAsync(Claude,
        [
            new(ChatRole.User, "Look"),
            new(ChatRole.Assistant, [new FunctionCallContent("call_1", "shoot")]),
            new(ChatRole.Tool, [new FunctionResultContent("call_1", new DataContent(new byte[] { 1 }, "image/png"))]),
        ]);

        Assert.Equal("function_call_output", sent["input"]![2]!["type"]!.ToString());
        Assert.Equal("input_image", sent["input"]![3]!["content"]![1]!["type"]!.ToString());
    }

    [Fact]
    public async Task Answers_to_approval_requests_go_to_the_agent()
    {
        var service = new VerbatimService().Answers(
            """
            {"id":"resp_1","output":[
             {"type":"mcp_approval_request","id":"mcpr_1","name":"delete","arguments":"{}","server_label":"files"}]}
            """).Answers(Body);
        var chat = service.Client(Responses).GetChatClient("my-agent");
        List<ChatMessage> messages = [new(ChatRole.User, "Delete it")];
        var response = await chat.GetResponseAsync(messages);
        var asked = response.Messages[0].Contents.OfType<ToolApprovalRequestContent>().Single();
        messages.AddMessages(response);
        messages.Add(new(ChatRole.User, [asked.CreateResponse(approved: false, "No.")]));

        await chat.GetResponseAsync(messages);

        Same(
            """
            [{"type":"message","role":"user","content":"Delete it"},
             {"type":"mcp_approval_request","id":"mcpr_1","name":"delete","arguments":"{}","server_label":"files"},
             {"type":"mcp_approval_response","approval_request_id":"mcpr_1","approve":false,"reason":"No."}]
            """,
            JsonNode.Parse(service.Sent[1].Body)!["input"]!);
    }

    [Fact]
    public async Task Nothing_to_send_is_an_error()
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => SentAsync(Gpt, [new(ChatRole.User, [])]));

        Assert.Contains("nothing to send", exception.Message, StringComparison.Ordinal);
    }

    private const string Body =
        """
        {"id":"resp_1","status":"completed","output":[
         {"type":"message","id":"msg_1","role":"assistant","content":[{"type":"output_text","text":"Hi"}]}]}
        """;

    internal static void Responses(DatabricksServingOptions options) => options.Chat.Api = DatabricksChatApi.Responses;

    private static async Task<JsonNode> SentAsync(string model, List<ChatMessage> messages, ChatOptions? options = null)
    {
        var service = new VerbatimService().Answers(Body);
        await service.Client(Responses).GetChatClient(model).GetResponseAsync(messages, options);
        return JsonNode.Parse(service.Sent.Single().Body)!;
    }

    private static async Task<string> PathAsync(string model)
    {
        var service = new VerbatimService().Answers(Body);
        await service.Client(Responses).GetChatClient(model).GetResponseAsync("Hi");
        return service.Sent.Single().Uri.AbsolutePath;
    }

    private static void Same(string expected, JsonNode actual) =>
        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), actual.ToJsonString());
}
