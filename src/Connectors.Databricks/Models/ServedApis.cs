namespace Connectors.Databricks.Models;

/// <summary>The APIs that the workspace reports for an endpoint or a model service.</summary>
/// <param name="Task">The task; null for none.</param>
/// <param name="Names">The names of the APIs; empty when they are unknown.</param>
internal sealed record ServedApis(string? Task, IReadOnlyList<string> Names)
{
    public bool IsAgent => Task?.StartsWith("agent/", StringComparison.OrdinalIgnoreCase) is true;

    public bool HasChat => Has("chat/completions") || EndsTask("/chat");

    public bool HasResponses => Has("responses") || EndsTask("/responses");

    private bool Has(string api) => Names.Contains($"mlflow/v1/{api}", StringComparer.OrdinalIgnoreCase);

    // The task names one API; reported names take precedence.
    private bool EndsTask(string end) => Names.Count == 0 && Task?.EndsWith(end, StringComparison.OrdinalIgnoreCase) is true;
}
