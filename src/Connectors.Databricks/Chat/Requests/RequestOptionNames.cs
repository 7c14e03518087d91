namespace Connectors.Databricks.Chat.Requests;

/// <summary>Additional properties of the caller that control how a request is written and are not body members.</summary>
internal static class RequestOptionNames
{
    public static bool IsOption(string name) =>
        name is "stream" ||
        string.Equals(name, DatabricksPropertyNames.Strict, StringComparison.OrdinalIgnoreCase) ||
        string.Equals(name, DatabricksPropertyNames.ShapeRequest, StringComparison.OrdinalIgnoreCase) ||
        string.Equals(name, DatabricksPropertyNames.RequestTags, StringComparison.OrdinalIgnoreCase);
}
