namespace Connectors.Databricks.Wire;

/// <summary>
/// The names of APIs in <c>supported_api_types</c> and <c>api_types</c>: captures have paths such as <c>mlflow/v1/chat/completions</c>, the
/// SDKs document short names such as <c>chat</c> (serving reference §2.6).
/// </summary>
internal static class ApiNames
{
    /// <returns>The path for a short name; every other name unchanged.</returns>
    public static string Path(string name) => name.ToUpperInvariant() switch
    {
        "CHAT" => "mlflow/v1/chat/completions",
        "RESPONSES" => "mlflow/v1/responses",
        "EMBEDDINGS" => "mlflow/v1/embeddings",
        _ => name,
    };
}
