using Connectors.Databricks.Comparison.Tests.Harness;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.Comparison.Tests.Cases;

/// <summary>Functions as a model is told of them.</summary>
public class FunctionSchemaTests
{
    public sealed record Node(string Name, IReadOnlyList<Node> Children, DayOfWeek? Day = null);

    [Fact]
    public Task Schemas_of_nested_and_recursive_parameters_are_sent_the_same_way() => SideBySide.RunAsync(
        [Reply.Text("Hello.")],
        builder => builder.Plugins.AddFromFunctions(
            "Trees", [KernelFunctionFactory.CreateFromMethod((Node root, Street[] streets) => 0, "Count")]),
        Ask.NonStreaming(Ask.Auto),
        AcceptedDifferences.RecursiveType);

    [Fact]
    public Task Schemas_of_functions_of_Microsoft_Extensions_AI_are_sent_the_same_way() => SideBySide.RunAsync(
        [Reply.Text("Hello.")],
        builder => builder.Plugins.AddFromFunctions(
            "Trees", [AIFunctionFactory.Create((Node root, Street[] streets) => 0, "Count").AsKernelFunction()]),
        Ask.NonStreaming(Ask.Auto));

    [Fact]
    public Task Strict_schemas_are_sent_the_same_way() => SideBySide.RunAsync(
        [Reply.Text("Hello.")],
        Ask.NonStreaming(Ask.AutoWith(new() { AllowStrictSchemaAdherence = true })));

    [Fact]
    public Task A_parameter_with_a_dictionary_is_sent_without_strict() => SideBySide.RunAsync(
        [Reply.Text("Hello.")],
        builder => builder.Plugins.AddFromFunctions(
            "Stock", [KernelFunctionFactory.CreateFromMethod((Dictionary<string, int> counts) => 0, "Count")]),
        Ask.NonStreaming(Ask.AutoWith(new() { AllowStrictSchemaAdherence = true })),
        AcceptedDifferences.StrictDictionary);

    [Fact]
    public Task Parallel_calls_can_be_switched_off() => SideBySide.RunAsync(
        [Reply.Text("Hello.")],
        Ask.NonStreaming(Ask.AutoWith(new() { AllowParallelCalls = false })));

    [Fact]
    public Task A_function_outside_the_kernel_is_refused_the_same_way() => SideBySide.RunAsync(
        [Reply.Calls(new Call("Loose"))],
        async app =>
        {
            var loose = KernelFunctionFactory.CreateFromMethod(() => 1, "Loose");
            var thrown = await Record.ExceptionAsync(() =>
                Ask.NonStreaming(new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto([loose]) })(app));
            var manual = new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto([loose], autoInvoke: false) };
            return new { Type = thrown?.GetType().Name, thrown?.Message, Manual = await Ask.NonStreaming(manual)(app) };
        });
}
