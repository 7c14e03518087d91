using System.Text.RegularExpressions;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>Definitions for "What is a lakehouse?" and a few more questions of first programs.</summary>
internal static partial class KnownTerms
{
    private static readonly Dictionary<string, string> Terms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["lakehouse"] =
            "A lakehouse is a data platform that keeps tables in open formats on low-cost object storage and adds the transactions, the "
            + "governance and the query speed of a data warehouse.",
        ["data lake"] = "A data lake is a store for files of any format and size, which are interpreted when they are read.",
        ["databricks"] = "Databricks is a platform for data engineering, analytics and AI on top of a lakehouse.",
        ["delta lake"] = "Delta Lake is an open table format that adds a transaction log to Parquet files.",
        ["unity catalog"] = "Unity Catalog is the governance layer of Databricks for tables, files, functions and models.",
        ["model serving"] = "Model Serving runs models behind HTTP endpoints that scale with their traffic.",
        ["mlflow"] = "MLflow is an open source project that tracks, packages and evaluates models and agents.",
        ["embedding"] = "An embedding is a list of numbers that places a text near others of similar meaning.",
        ["token"] = "A token is a piece of text, often a part of a word, in which models read, write and are billed.",
        ["rag"] = "Retrieval-augmented generation searches documents first and lets the model answer from what was found.",
        ["semantic kernel"] = "Semantic Kernel is an open source SDK that connects models with plugins of an application.",
    };

    public static string? Answer(string prompt) =>
        Asked().Match(prompt) is { Success: true } match ? Terms.GetValueOrDefault(match.Groups["t"].Value.Trim()) : null;

    [GeneratedRegex(
        @"^\s*(?:please\s+)?(?:what(?:\s+is|\s+are|'s)|explain|define)\s+(?:an?\s+|the\s+)?(?<t>[\p{L} ]+?)"
        + @"(?:\s+in\s+one\s+sentence)?[?.!\s]*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Asked();
}
