namespace Connectors.Databricks.Emulator.CommandLine;

/// <summary>Reads <c>gateway-enforced</c>.</summary>
internal static class WorkspaceArgument
{
    public static IReadOnlyList<string> Names { get; } = ["classic", "gateway-enforced", "sovereign"];

    public static EmulatedWorkspace? Parse(string text) => text.ToLowerInvariant() switch
    {
        "classic" => EmulatedWorkspace.Classic,
        "gateway-enforced" => EmulatedWorkspace.GatewayEnforced,
        "sovereign" => EmulatedWorkspace.Sovereign,
        _ => null,
    };
}
