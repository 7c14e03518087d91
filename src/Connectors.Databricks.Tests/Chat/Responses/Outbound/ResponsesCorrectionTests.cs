using System.Net;
using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses.Outbound;

/// <summary>Corrections after a 400 that names a parameter of the Responses API.</summary>
public class ResponsesCorrectionTests
{
    private const string Answer =
        """
        {"id":"resp_1","status":"completed","output":[
         {"type":"message","id":"msg_1","role":"assistant","content":[{"type":"output_text","text":"Hi"}]}]}
        """;

    [Theory]
    [InlineData("max_output_tokens (32000) cannot exceed 25000.", "max_output_tokens", "25000")]
    [InlineData("Invalid value for reasoning.effort. Supported values are: 'low', 'medium'.", "reasoning", """{"effort":"medium"}""")]
    [InlineData("Unsupported parameter: 'reasoning.effort' is not supported with this model.", "reasoning", null)]
    [InlineData("Unsupported parameter: 'reasoning' is not supported with this model.", "reasoning", null)]
    [InlineData("Model x does not support the reasoning parameter.", "reasoning", null)]
    [InlineData("Model x does not support the temperature parameter.", "temperature", null)]
    [InlineData("Bad request: json: unknown field \"parallel_tool_calls\"", "parallel_tool_calls", null)]
    [InlineData("Bad request: json: unknown field \"include\"", "include", null)]
    public async Task A_rejected_parameter_is_corrected_once(string message, string field, string? corrected)
    {
        var service = new VerbatimService()
            .Answers($$"""{"error_code":"BAD_REQUEST","message":{{JsonValue.Create(message).ToJsonString()}}}""", HttpStatusCode.BadRequest)
            .Answers(Answer).Answers(Answer);
        var client = service.Client(options =>
        {
            options.Chat.Api = DatabricksChatApi.Responses;
            options.Models = field == "include"
                ? options.Models
                : DatabricksModelCapabilities.Empty;
        });
        var chat = client.GetChatClient(field == "include" ? "databricks-gpt-5-2" : "some-endpoint");

        await chat.GetResponseAsync("Hi", Options());
        await chat.GetResponseAsync("Hi", Options());

        Assert.NotNull(JsonNode.Parse(service.Sent[0].Body)![field]);
        Assert.All([service.Sent[1], service.Sent[2]], sent =>
            Assert.Equal(corrected, JsonNode.Parse(sent.Body)![field]?.ToJsonString()));
        Assert.Single(client.GetCorrections());
    }

    [Fact]
    public async Task Json_of_the_caller_is_not_corrected()
    {
        var service = new VerbatimService().Answers(
            """{"error_code":"BAD_REQUEST","message":"Unsupported parameter: 'reasoning.effort' is not supported with this model."}""",
            HttpStatusCode.BadRequest);
        var chat = service.Client(ResponsesRequestTests.Responses).GetChatClient("some-endpoint");

        await Assert.ThrowsAsync<DatabricksServingException>(() => chat.GetResponseAsync(
            "Hi", new ChatOptions { AdditionalProperties = new() { ["reasoning"] = new JsonObject { ["effort"] = "low" } } }));
    }

    private static ChatOptions Options() => new()
    {
        MaxOutputTokens = 32000,
        Temperature = 0.5f,
        AllowMultipleToolCalls = true,
        Tools = [AIFunctionFactory.Create(() => "noon", "now")],
        Reasoning = new() { Effort = ReasoningEffort.ExtraHigh },
    };
}
