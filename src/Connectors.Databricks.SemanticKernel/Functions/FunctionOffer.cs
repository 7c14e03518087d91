using Connectors.Databricks.SemanticKernel.Contents;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Functions;

/// <summary>What one request offers the model to call, and whether its calls are run here.</summary>
internal sealed class FunctionOffer
{
    /// <summary>As many requests as Semantic Kernel's connectors make in one turn before they stop running functions.</summary>
    private const int MostRequests = 128;

    private readonly FunctionChoiceBehaviorConfiguration? _configuration;

    private FunctionOffer(FunctionChoiceBehaviorConfiguration? configuration, bool runsCalls)
    {
        _configuration = configuration;
        RunsCalls = runsCalls;
        Naming = FunctionNaming.None;
        if (configuration is not null)
        {
            var offered = new Dictionary<string, KernelFunction>(StringComparer.OrdinalIgnoreCase);
            foreach (var function in configuration.Functions ?? [])
            {
                offered[FunctionNames.Join(function)] = function;
            }

            Naming = new FunctionNaming(offered, configuration.Options.RetainArgumentTypes);
        }
    }

    public bool RunsCalls { get; }

    public FunctionNaming Naming { get; }

    public bool RunsConcurrently => _configuration?.Options.AllowConcurrentInvocation is true;

    /// <exception cref="KernelException">Functions are to be run, but there is no kernel, or it lacks one of them.</exception>
    public static FunctionOffer For(FunctionChoiceBehavior? behavior, ChatHistory history, Kernel? kernel, int requestIndex)
    {
        var configuration = behavior?.GetConfiguration(new(history) { Kernel = kernel, RequestSequenceIndex = requestIndex });
        var runsCalls = configuration is { AutoInvoke: true } && kernel is not null && requestIndex < MostRequests && FunctionCalls.MayRun;
        return new FunctionOffer(configuration, runsCalls);
    }

    public void Apply(ChatOptions options)
    {
        options.Tools = null;
        options.ToolMode = null;
        options.AllowMultipleToolCalls = null;
        if (_configuration?.Functions is not { Count: > 0 } functions)
        {
            return;
        }

        var isStrict = _configuration.Options.AllowStrictSchemaAdherence;
        options.Tools = [.. functions.Select(function => new OfferedFunction(function, isStrict))];
        options.AllowMultipleToolCalls = _configuration.Options.AllowParallelCalls;
        options.ToolMode =
            _configuration.Choice == FunctionChoice.Auto ? ChatToolMode.Auto :
            _configuration.Choice == FunctionChoice.Required ? ChatToolMode.RequireAny :
            _configuration.Choice == FunctionChoice.None ? ChatToolMode.None :
            throw new NotSupportedException($"The function choice '{_configuration.Choice}' is none of Auto, Required and None.");
    }
}
