using System.Text.RegularExpressions;
using Connectors.Databricks.SemanticKernel.Contents;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.SemanticKernel.Settings;

/// <summary>
/// Turns the <c>ToolCallBehavior</c> of older settings into the <see cref="FunctionChoiceBehavior"/> that replaced it. The types belong to
/// other connectors, whose <c>ToString</c> describes the behavior: <c>EnabledFunctions(autoInvoke:True): Plugin-Function</c>.
/// </summary>
internal static partial class ToolCallBehaviors
{
    public const string Property = "ToolCallBehavior";

    public static bool IsBehavior(Type type) =>
        type.Name.EndsWith(Property, StringComparison.Ordinal) || (type.BaseType is { } parent && IsBehavior(parent));

    /// <param name="text">The description of the behavior.</param>
    /// <param name="hasKernel">Whether there is a kernel, now or later; without one its functions are not offered.</param>
    /// <exception cref="NotSupportedException">It is none of the three that the OpenAI connector has.</exception>
    public static FunctionChoiceBehavior? Read(string text, bool hasKernel)
    {
        var match = Description().Match(text);
        var autoInvoke = match.Groups["auto"].Value == "True";
        switch (match.Groups["kind"].Value)
        {
            case "KernelFunctions":
                return hasKernel ? FunctionChoiceBehavior.Auto(autoInvoke: autoInvoke) : null;
            case "EnabledFunctions":
                var enabled = (AutoFunctionChoiceBehavior)FunctionChoiceBehavior.Auto(autoInvoke: autoInvoke);
                enabled.Functions = Names(match);
                return enabled;
            case "RequiredFunction":
                var required = (RequiredFunctionChoiceBehavior)FunctionChoiceBehavior.Required(autoInvoke: autoInvoke);
                required.Functions = Names(match);
                return required;
            default:
                throw new NotSupportedException(
                    $"The execution settings set {Property} to '{text}', which has no counterpart here. " +
                    "Use FunctionChoiceBehavior instead, such as FunctionChoiceBehavior.Auto(); it works with every connector.");
        }
    }

    // The kernel looks functions up by both names with a dot between them.
    private static List<string> Names(Match match) =>
    [
        .. match.Groups["names"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(FunctionNames.Split)
            .Select(name => name.PluginName is null ? name.FunctionName : $"{name.PluginName}.{name.FunctionName}"),
    ];

    [GeneratedRegex(@"\A(?<kind>[A-Za-z]+)\(autoInvoke:(?<auto>True|False)\)(: (?<names>.*))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Description();
}
