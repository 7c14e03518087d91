using System.Globalization;
using Connectors.Databricks.ModelRecords;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>The table of docs/models.md, made of the built-in records.</summary>
internal static class ModelsTable
{
    public const string Start = "<!-- models: made of src/Connectors.Databricks/ModelRecords/models.json -->\n";
    public const string End = "<!-- /models -->\n";

    private const string Head =
        """
        | Endpoint `databricks-…` | Context / output | Goes in | Reasoning | Tools | Left out of a request | Life | As of |
        |---|---|---|---|---|---|---|---|

        """;

    public static string Text => string.Concat(DatabricksModelCapabilities.BuiltIn.Models.Select(Row).Prepend(Head));

    private static string Row(DatabricksModelInfo model) =>
        $"| {Name(model)} | {Tokens(model)} | {Listed(model.InputModalities)} | {Reasoning(model)} | {Tools(model)} | " +
        $"{Refused(model)} | {Life(model.Lifecycle)} | {model.AsOf:yyyy-MM-dd} |\n";

    private static string Name(DatabricksModelInfo model) => model.IsFamily
        ? "any other " + string.Join(
            ", ", model.Aliases.Where(alias => alias.EndsWith('*')).DefaultIfEmpty(model.Name).Select(name => $"`{name}`"))
        : $"`{model.Name}`";

    private static string Tokens(DatabricksModelInfo model) => model.Embeddings is { } vectors
        ? $"{Number(vectors.MaxInputTokens)}, {vectors.Dimensions} numbers"
        : (model.ContextWindow, model.MaxOutputTokens) is (null, null)
            ? ""
            : $"{Number(model.ContextWindow)} / {Number(model.MaxOutputTokens)}";

    private static string Number(int? tokens) => tokens?.ToString("N0", CultureInfo.InvariantCulture) ?? "?";

    private static string Listed(IReadOnlyList<string> words) => words.Count == 0 ? "?" : string.Join(", ", words);

    private static string Reasoning(DatabricksModelInfo model)
    {
        if (model.Embeddings is not null)
        {
            return "";
        }

        var style = model.Reasoning.Style;
        return style == ReasoningStyle.Budget ? "a budget"
            : style == ReasoningStyle.None ? "no control"
            : $"{(style == ReasoningStyle.Adaptive ? "adaptive: " : "")}{Listed(model.Reasoning.Efforts)}";
    }

    private static string Tools(DatabricksModelInfo model) => (model.Surfaces.Contains("chat"), model.Tools.IsSupported) switch
    {
        (false, _) when model.Embeddings is null => "Responses API alone",
        (_, true) => model.Tools.RequiresResponses ? "on the Responses API" : "yes",
        (_, false) when model.Embeddings is null => "not in chat",
        (_, null) => "?",
        _ => "",
    };

    private static string Refused(DatabricksModelInfo model)
    {
        var names = model.UnsupportedParameters.Select(name => $"`{name}`");
        return model.Embeddings is not null ? "" : string.Join(", ", model.Tools.SupportsStrict ? names : names.Append("`strict`"));
    }

    private static string Life(DatabricksModelLifecycle life)
    {
        var since = life.RetirementDate is { } date ? $" {date:yyyy-MM-dd}" : "";
        return life.Stage == DatabricksModelStage.Current ? "" : $"{life.Stage}{since}: use `{life.Replacement}`";
    }
}
