using System.Text.Json;

namespace Connectors.Databricks.Discovery.Profiles;

/// <summary>Describes an item of a list that is not the document that it should be.</summary>
internal static class UnreadableItem
{
    public static string Describe(string list, int index, JsonElement item, string missing) => item.ValueKind switch
    {
        JsonValueKind.Object => $"{list}[{index}] has {missing}",
        JsonValueKind.Null => $"{list}[{index}] is null",
        var kind => $"{list}[{index}] is a JSON {kind}",
    };
}
