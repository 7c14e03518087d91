using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Tests.Functions;

/// <summary>The schemas of functions: references that point somewhere, and optional parameters that can be left out.</summary>
public class OfferedSchemaTests
{
    public sealed record Node(string Name, List<Node> Children);

    public sealed record Leaf(string Text);

    public sealed record Pair(Leaf One, Leaf Two, Pair? Next);

    [Fact]
    public async Task References_of_a_recursive_parameter_point_at_the_parameter()
    {
        var parameters = await ParametersAsync(KernelFunctionFactory.CreateFromMethod((Node node, Pair pair) => "done", "Take"));

        Assert.Equal("#/properties/node", (string?)parameters["properties"]!["node"]!["properties"]!["Children"]!["items"]!["$ref"]);
        Assert.Equal(
            "#/properties/pair/properties/Next",
            (string?)parameters["properties"]!["pair"]!["properties"]!["Next"]!["properties"]!["Next"]!["$ref"]);
        AssertReferencesResolve(parameters);
    }

    [Fact]
    public async Task References_of_an_AIFunction_stay_as_they_are()
    {
        var function = AIFunctionFactory.Create((Node node, Pair pair) => "done", "Take");

        var parameters = await ParametersAsync(function.AsKernelFunction());

        Assert.True(JsonNode.DeepEquals(
            JsonSerializer.SerializeToNode(function.JsonSchema)!["properties"], parameters["properties"]), parameters.ToJsonString());
        AssertReferencesResolve(parameters);
    }

    private sealed class FromElsewhere : AIFunction
    {
        public override string Name => "Take";

        public override JsonElement JsonSchema { get; } = JsonDocument.Parse("""
            {"type":"object","properties":{"place":{"$ref":"#/$defs/Place"}},"required":["place"],
             "$defs":{"Place":{"type":"object","properties":{"city":{"type":"string"}}}}}
            """).RootElement;

        protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
            ValueTask.FromResult<object?>("done");
    }

    [Fact]
    public async Task A_reference_to_a_definition_that_Semantic_Kernel_lost_is_not_sent()
    {
        var parameters = await ParametersAsync(new FromElsewhere().AsKernelFunction());

        Assert.Contains("place", parameters["properties"]!.AsObject());
        Assert.DoesNotContain("$ref", parameters.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/b~c")]
    [InlineData("plain")]
    public async Task A_name_of_a_parameter_is_escaped_in_a_reference(string name)
    {
        var schema = KernelJsonSchema.Parse("""{"type":"object","properties":{"next":{"$ref":"#"},"const":{"const":{"$ref":"#"}}}}""");
        var function = KernelFunctionFactory.CreateFromMethod(
            (KernelArguments arguments) => "done", "Take",
            parameters: [new KernelParameterMetadata(name) { Schema = schema, IsRequired = true }]);

        AssertReferencesResolve(await ParametersAsync(function));
    }

    [Fact]
    public async Task Optional_parameters_of_a_strict_schema_can_be_null()
    {
        var function = KernelFunctionFactory.CreateFromMethod(
            (int adults, [Description("Up to 12 years.")] int? children = null, DayOfWeek day = DayOfWeek.Monday) => "done", "Take");

        var properties = (await ParametersAsync(function, isStrict: true))["properties"]!;

        Assert.Equal("\"integer\"", properties["adults"]!["type"]!.ToJsonString());
        Assert.Equal("""["integer","null"]""", properties["children"]!["type"]!.ToJsonString());
        Assert.Contains("null", properties["day"]!["enum"]!.AsArray().Select(value => value is null ? "null" : (string?)value));
    }

    [Theory]
    [InlineData(EmulatedKernel.Gpt)]
    [InlineData(EmulatedKernel.Claude)]
    [InlineData(EmulatedKernel.Llama)]
    [InlineData("databricks-gemini-3-1-pro")]
    [InlineData("databricks-gpt-oss-120b")]
    public async Task Every_model_accepts_optional_and_recursive_parameters_of_a_strict_schema(string endpointName)
    {
        await using var fixture = await EmulatedKernel.StartAsync(endpointName);
        var function = KernelFunctionFactory.CreateFromMethod(
            (Node node, Pair? pair = null, int? children = null, DayOfWeek day = DayOfWeek.Monday) => "done", "Take");
        var options = new FunctionChoiceBehaviorOptions { AllowStrictSchemaAdherence = true };
        fixture.Kernel.Plugins.AddFromFunctions("Any", [function]);

        await fixture.Chat.GetChatMessageContentsAsync(
            "Hello", new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(options: options) }, fixture.Kernel);

        Assert.Equal(200, Assert.Single(fixture.Endpoint.Requests).StatusCode);
    }

    [Fact]
    public async Task Optional_parameters_of_another_schema_are_left_as_they_are()
    {
        var parameters = await ParametersAsync(KernelFunctionFactory.CreateFromMethod((int adults, int children = 0) => "done", "Take"));

        Assert.Equal("\"integer\"", parameters["properties"]!["children"]!["type"]!.ToJsonString());
        Assert.Equal("""["adults"]""", parameters["required"]!.ToJsonString());
    }

    private static async Task<JsonNode> ParametersAsync(KernelFunction function, bool isStrict = false)
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Unknown);
        fixture.Endpoint.AcceptsAnything();
        var options = new FunctionChoiceBehaviorOptions { AllowStrictSchemaAdherence = isStrict };
        fixture.Kernel.Plugins.AddFromFunctions("Any", [function]);
        function = fixture.Kernel.Plugins.GetFunction("Any", "Take");

        await fixture.Chat.GetChatMessageContentsAsync(
            [new(AuthorRole.User, "Hello")], new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto([function], options: options) },
            fixture.Kernel);

        return fixture.Sent()["tools"]![0]!["function"]!["parameters"]!;
    }

    private static void AssertReferencesResolve(JsonNode parameters)
    {
        foreach (var reference in References(parameters))
        {
            var node = parameters;
            foreach (var step in reference.Split('/')[1..])
            {
                var name = Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal);
                node = node?[name.Replace("~0", "~", StringComparison.Ordinal)];
            }

            Assert.True(node is not null && !ReferenceEquals(node, parameters), reference);
        }
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject schema => schema.Where(member => member.Key != "const").SelectMany(member =>
            member is { Key: "$ref", Value: JsonValue value } ? [(string)value!] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
