using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.SemanticKernel.Functions;

/// <summary>The discovery tools for endpoints, as a plugin.</summary>
internal sealed partial class EndpointPlugin : KernelPlugin
{
    private readonly List<KernelFunction> _functions;

    public EndpointPlugin(
        string name,
        DatabricksServingClient serving,
        EndpointToolOptions? options,
        Func<DatabricksServingClient, IEnumerable<AIFunction>>? additionalTools)
        : base(name, "Finds the endpoints of a Databricks workspace, and what each can do.") =>
        _functions =
        [
            .. serving.Directory.CreateTools(options).Concat(additionalTools?.Invoke(serving) ?? [])
                .Select(tool => tool.AsKernelFunction().Clone(name)),
        ];

    public override int FunctionCount => _functions.Count;

    /// <summary>Throws immediately when a name would result in a function name that endpoints reject.</summary>
    public static void CheckName(string pluginName)
    {
        ArgumentNullException.ThrowIfNull(pluginName);
        if (!Safe().IsMatch(pluginName))
        {
            throw new ArgumentException(
                $"The plugin cannot be named '{pluginName}': use letters, digits and underscores, 40 at most. " +
                "It is the prefix of each function name, and models accept 64 characters for both.",
                nameof(pluginName));
        }
    }

    // A chat client in a kernel calls functions by both names in one.
    public override bool TryGetFunction(string name, [NotNullWhen(true)] out KernelFunction? function) =>
        (function = _functions.Find(
            one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || ((AIFunction)one).Name == name)) is not null;

    public override IEnumerator<KernelFunction> GetEnumerator() => _functions.GetEnumerator();

    // The longest name of a tool has 23 characters, and a separator makes 24.
    [GeneratedRegex(@"\A[0-9A-Za-z_]{1,40}\z")]
    private static partial Regex Safe();
}
