using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Cases;

/// <summary>
/// Rejections of public bug reports, as an endpoint of an unknown model sends them: the second request is correct.
/// </summary>
public class CorrectionCaseTests
{
    private const string Question = """[{"role":"user","content":"Hello?"}]""";

    [Fact] // https://github.com/langgenius/dify/issues/10390
    public Task R2_bedrock_states_the_output_limit() => IsCorrected(
        "The maximum tokens you requested exceeds the model limit of 4096. Try again with a maximum tokens value that is lower than 4096.",
        new ChatOptions { MaxOutputTokens = 64000 }, $$"""{"messages":{{Question}},"max_tokens":4096}""");

    [Fact] // https://github.com/anthropics/claude-code/issues/24451
    public Task R3_anthropic_states_the_output_limit() => IsCorrected(
        "max_tokens: 128001 > 64000, which is the maximum allowed number of output tokens for claude-opus-4-5-20251101",
        new ChatOptions { MaxOutputTokens = 128001 }, $$"""{"messages":{{Question}},"max_tokens":64000}""");

    [Fact] // https://github.com/BerriAI/litellm/pull/10548
    public Task Vertex_states_the_output_limit() => IsCorrected(
        "Unable to submit request because it has a maxOutputTokens value of 65536 but the supported range is from 1 (inclusive) to 65536 " +
        "(exclusive). Update the value and try again.",
        new ChatOptions { MaxOutputTokens = 65536 }, $$"""{"messages":{{Question}},"max_tokens":65535}""");

    [Theory] // https://github.com/databricks/unity-gateway/pull/420
    [InlineData("max_tokens (32000) cannot exceed 25000.")]
    [InlineData("max_new_tokens 128000 cannot be greater than max_output_tokens 25000.")]
    public async Task Databricks_states_the_output_limit_which_is_learned_and_sent_once(string message)
    {
        var service = Rejecting(Body(message)).Answers(Some.ChatBody);
        var chat = service.Client().GetChatClient("prod-chat");

        await chat.GetResponseAsync("Hello?", new ChatOptions { MaxOutputTokens = 128000 });
        await chat.GetResponseAsync("Hello?", new ChatOptions { MaxOutputTokens = 128000 });

        Assert.Equal([128000, 25000, 25000], service.Sent.Select(sent => (int)JsonNode.Parse(sent.Body)!["max_tokens"]!));
    }

    [Fact] // https://github.com/QwenLM/qwen-code/issues/921
    public Task R4_a_temperature_of_zero_is_left_out() => IsCorrected(
        "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
        new ChatOptions { Temperature = 0 }, $$"""{"messages":{{Question}}}""");

    [Fact] // https://github.com/BerriAI/litellm/issues/13407, https://github.com/databricks-demos/dbdemos/issues/97
    public Task R5_the_words_of_an_external_model_are_read() => IsCorrectedAfter(
        """
        {"error":"Received error from openai","external_model_message":{"error":{
          "message":"Unsupported parameter: 'temperature' is not supported with this model.","type":"invalid_request_error",
          "param":"temperature","code":null}}}
        """,
        new ChatOptions { Temperature = 0.5f }, $$"""{"messages":{{Question}}}""");

    [Fact] // https://github.com/vercel/ai/issues/11227
    public async Task Thinking_is_left_out_with_a_forced_tool_choice()
    {
        var service = Rejecting(Body("Thinking may not be enabled when tool_choice forces tool use."));
        var options = new ChatOptions
        {
            Reasoning = new() { Effort = ReasoningEffort.Medium },
            Tools = [AIFunctionFactory.CreateDeclaration("f", "d", JsonElement.Parse("{}"))],
            ToolMode = ChatToolMode.RequireAny,
        };

        var response = await service.Client().GetChatClient("prod-chat").GetResponseAsync("Hello?", options);

        Assert.Equal(["medium", null], service.Sent.Select(sent => (string?)JsonNode.Parse(sent.Body)!["reasoning_effort"]));
        Assert.Equal(["required", "required"], service.Sent.Select(sent => (string?)JsonNode.Parse(sent.Body)!["tool_choice"]));
        var adjustment = Assert.Single(response.GetRequestAdjustments());
        Assert.Equal(
            ("thinking", "left out with a forced tool choice", true), (adjustment.Field, adjustment.Change, adjustment.AffectsAnswer));
    }

    [Theory] // https://github.com/quarkiverse/quarkus-langchain4j/issues/1812
    [InlineData("`top_k` must be unset when thinking is enabled. Please consult our documentation")]
    [InlineData("`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled.")]
    [InlineData("`temperature` may only be set to 1 when thinking is enabled.")]
    public Task Sampling_is_left_out_where_an_effort_turns_thinking_on(string message) => IsCorrected(
        message,
        new ChatOptions { Reasoning = new() { Effort = ReasoningEffort.Low }, TopK = 3, TopP = 0.5f, Temperature = 0.5f },
        $$"""{"messages":{{Question}},"reasoning_effort":"low"}""");

    [Fact] // https://github.com/Azure/azure-functions-openai-extension/issues/151
    public Task R6_the_output_limit_has_another_name() => IsCorrected(
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        new ChatOptions { MaxOutputTokens = 100 }, $$"""{"messages":{{Question}},"max_completion_tokens":100}""");

    [Theory] // https://github.com/promptfoo/promptfoo/issues/10307, https://github.com/langgenius/dify-official-plugins/issues/1767
    [InlineData("The model returned the following errors: `temperature` is deprecated for this model.")]
    [InlineData("This model doesn't support the temperature field. Remove temperature and try again.")]
    public Task Bedrock_rejects_the_temperature(string message) =>
        IsCorrected(message, new ChatOptions { Temperature = 0.5f }, $$"""{"messages":{{Question}}}""");

    [Theory] // https://github.com/langgenius/dify-official-plugins/issues/1767, https://github.com/langchain-ai/langchain-aws/issues/62
    [InlineData("This model doesn't support the stopSequences field. Remove stopSequences and try again.")]
    [InlineData("Malformed input request: extraneous key [stop_sequences] is not permitted, please reformat your input and try again.")]
    [InlineData("Unsupported parameter: \"stop\" is not supported with this model.")]
    public Task Bedrock_and_databricks_reject_stop_sequences(string message) =>
        IsCorrected(message, new ChatOptions { StopSequences = ["END"] }, $$"""{"messages":{{Question}}}""");

    [Fact] // https://github.com/WordPress/ai-provider-for-google/issues/33
    public Task R7_google_rejects_a_list_of_types() => ToolIsCorrected(
        "Invalid JSON payload received. Unknown name \"type\" at 'tools[0].function_declarations[34].parameters.properties[1].value': " +
        "Proto field is not repeating, cannot start list.",
        """{"type":"object","properties":{"v":{"type":["string","null"]}}}""",
        """{"type":"object","properties":{"v":{"nullable":true,"type":"string"}}}""");

    [Theory]
    [InlineData("Unable to submit request because required fields ['label'] are not defined in the schema properties.")] // R8, jcode#655
    // R9, probe#569
    [InlineData("* GenerateContentRequest.tools[0].function_declarations[9].parameters.required[0]: property is not defined\n")]
    [InlineData("Unable to submit request because `f` functionDeclaration `parameters.a` schema didn't specify the schema type field.")]
    [InlineData("Unable to submit request because f functionDeclaration parameters schema should be of type OBJECT.")]
    public Task R8_and_R9_google_rejects_a_schema(string message) => ToolIsCorrected(
        message,
        """{"type":"object","properties":{"id":{"type":"string"}},"required":["label"]}""",
        """{"type":"object","properties":{"id":{"type":"string"}},"description":"required: [\"label\"]."}""");

    [Theory] // https://github.com/anthropics/claude-code/issues/44788, https://github.com/langchain-ai/langchainjs/issues/9804
    [InlineData("tools.0.custom.input_schema: input_schema does not support oneOf, allOf, or anyOf at the top level")]
    [InlineData(
        "Invalid schema for function 'f': schema must have type 'object' and not have 'oneOf'/'anyOf'/'allOf'/'enum'/'not' at the top …")]
    public Task Anthropic_and_openai_reject_combinations_at_the_root(string message) => ToolIsCorrected(
        message,
        """{"type":"object","properties":{"a":{"type":"string"}},"anyOf":[{"required":["a"]}]}""",
        """{"type":"object","properties":{"a":{"type":"string"}},"description":"anyOf: [{\"required\":[\"a\"]}].","required":["a"]}""");

    [Fact]
    public Task Databricks_rejects_a_keyword() => ToolIsCorrected(
        "Invalid JSON schema - the \"pattern\" keyword is not supported",
        """{"type":"object","properties":{"a":{"type":"string","pattern":"^a"}}}""",
        """{"type":"object","properties":{"a":{"type":"string","description":"pattern: \"^a\"."}}}""");

    [Fact]
    public Task Databricks_requires_the_word_json() => IsCorrected(
        "\"messages\" must contain the word \"json\" in some form, to use \"response_format\" of type \"json_object\".",
        new ChatOptions { ResponseFormat = ChatResponseFormat.Json },
        """
        {"messages":[
          {"role":"system","content":"Answer with one JSON object and nothing else: no explanation, and no code fence around it."},
          {"role":"user","content":"Hello?"}],
         "response_format":{"type":"json_object"}}
        """);

    private static Task IsCorrected(string message, ChatOptions options, string second) => IsCorrectedAfter(Body(message), options, second);

    private static async Task IsCorrectedAfter(string answer, ChatOptions options, string second)
    {
        var service = Rejecting(answer);

        await service.Client().GetChatClient("prod-chat").GetResponseAsync("Hello?", options);

        JsonText.AssertEqual(second, service.Sent[1].Body);
        Assert.Equal(2, service.Sent.Count);
    }

    private static async Task ToolIsCorrected(string message, string schema, string second)
    {
        var service = Rejecting(Body(message));
        var tool = AIFunctionFactory.CreateDeclaration("f", "d", JsonElement.Parse(schema));

        await service.Client().GetChatClient("prod-chat").GetResponseAsync("Hello?", new ChatOptions { Tools = [tool] });

        JsonText.AssertEqual(second, JsonNode.Parse(service.Sent[1].Body)!["tools"]![0]!["function"]!["parameters"]!.ToJsonString());
        Assert.Equal(2, service.Sent.Count);
    }

    private static VerbatimService Rejecting(string answer) =>
        new VerbatimService().Answers(answer, HttpStatusCode.BadRequest).Answers(Some.ChatBody);

    private static string Body(string message) =>
        new JsonObject { ["error_code"] = "BAD_REQUEST", ["message"] = message }.ToJsonString();
}
