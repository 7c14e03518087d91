using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat;

/// <summary>The hint of an error about a tool names the tool, and states whether its name or its schema was rejected.</summary>
public class ToolErrorHintTests
{
    [Theory]
    [InlineData(
        "* GenerateContentRequest.tools[0].function_declarations[1].parameters.required[0]: property is not defined",
        "schema of the tool 'second'")]
    [InlineData(
        "Unable to submit request because `second` functionDeclaration `parameters.a` schema didn't specify the schema type field.",
        "schema of the tool 'second'")]
    [InlineData(
        "tools.1.custom.input_schema: JSON schema is invalid. It must match JSON Schema draft 2020-12",
        "schema of the tool 'second'")]
    [InlineData(
        "Invalid schema for function 'second': In context=('properties', 'a'), 'b' is not permitted.",
        "schema of the tool 'second'")]
    [InlineData("tools[1].parameters: something new", "schema of the tool 'second'")]
    [InlineData(
        "Value 'second' at 'toolConfig.tools.2.member.toolSpec.inputSchema' failed to satisfy constraint",
        "schema of the tool 'second'")]
    [InlineData(
        "Value 'second' at 'toolConfig.tools.2.member.toolSpec.name' failed to satisfy constraint: Member must have length",
        "name of the tool 'second'")]
    [InlineData("Invalid 'tools[1].function.name': string too long.", "name of the tool 'second'")]
    [InlineData(
        "Invalid 'tools[1].function.description': string too long. Expected a string with maximum length 1024.",
        "rejects the tool 'second'")]
    [InlineData("tools.7.custom.input_schema: JSON schema is invalid", "schema of a tool")]
    [InlineData("tools: Tool names must be unique.", "Two tools have the same name")]
    [InlineData("A FunctionDeclaration in the request exceeds the maximum allowed nesting depth.", "The schemas are too large")]
    [InlineData("The specified schema produces a constraint that has too many states for serving.", "The schemas are too large")]
    public async Task A_hint_names_the_tool(string message, string hint)
    {
        var body = new JsonObject { ["error_code"] = "BAD_REQUEST", ["message"] = message }.ToJsonString();
        var service = new VerbatimService().Answers(body, HttpStatusCode.BadRequest);
        var options = new ChatOptions { Tools = [Tool("first"), Tool("second")] };
        var chat = service.Client(settings => settings.Models = DatabricksModelCapabilities.Empty).GetChatClient("prod-chat");

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => chat.GetResponseAsync("Hello?", options));

        Assert.Contains(hint, exception.Message, StringComparison.Ordinal);
        Assert.Single(service.Sent);
    }

    private static AIFunctionDeclaration Tool(string name) =>
        AIFunctionFactory.CreateDeclaration(name, "d", JsonElement.Parse("""{"type":"object","properties":{"a":{"type":"string"}}}"""));
}
