using Agents.Steps;
using Connectors.Databricks;
using Microsoft.SemanticKernel;

namespace Agents;

/// <summary>The steps in their order. Each one checks its own outcome, and a failed one does not stop the rest.</summary>
internal static class StepRunner
{
    public static IReadOnlyList<IStep> Steps { get; } =
    [
        new Hello(), new Streaming(), new AgentWithTools(), new StructuredOutput(), new ReasoningOverTurns(), new Failures(),
        new AnswersFromADocument(), new ScoredTable(), new ServicePrincipal(), new KernelFromOpenAI(), new KernelAgent(),
        new ModelsOnOffer(),
        new Monitoring(), new GradualRollout(), new KernelChoosesItsModel(), new AgentFramework(), new Telemetry(),
        new ModelServiceRollout(), new Batch(), new TableOnAWarehouse(), new ResumedRun(), new TwoAgents(),
    ];

    /// <summary>What most people come for.</summary>
    public static IReadOnlyList<IStep> Headline { get; } =
    [
        .. Steps.Where(step => step is KernelFromOpenAI or ReasoningOverTurns or AgentWithTools or Failures)
            .OrderBy(step => step is KernelFromOpenAI ? 0 : 1),
    ];

    public static string Heading(IStep step) => $"{Steps.IndexOf(step) + 1}. {step.Title}";

    public static void List()
    {
        foreach (var step in Steps)
        {
            Console.WriteLine(Heading(step));
        }
    }

    /// <returns>0 when every step did its work, otherwise 1.</returns>
    public static async Task<int> RunAsync(Workspace workspace, IReadOnlyList<IStep> steps)
    {
        var failed = new List<IStep>();
        foreach (var step in steps)
        {
            Console.WriteLine();
            Console.WriteLine(Terminal.Bold(Heading(step)));
            try
            {
                await step.RunAsync(workspace);
            }
            catch (Exception exception)
            {
                Console.WriteLine();
                var isExplained = exception is StepFailedException or DatabricksServingException or DatabricksCredentialException
                    or HttpOperationException;
                Console.WriteLine($"FAILED: {(isExplained ? exception.Message : exception)}");
                failed.Add(step);
            }
        }

        Console.WriteLine();
        var noun = steps.Count == 1 ? "step" : "steps";
        Console.WriteLine(failed.Count == 0
            ? $"{steps.Count} of {steps.Count} {noun} succeeded."
            : $"{failed.Count} of {steps.Count} {noun} failed: {string.Join("; ", failed.Select(Heading))}.");
        return failed.Count == 0 ? 0 : 1;
    }

    private static int IndexOf(this IReadOnlyList<IStep> steps, IStep step) => steps.Index().First(item => item.Item == step).Index;
}
