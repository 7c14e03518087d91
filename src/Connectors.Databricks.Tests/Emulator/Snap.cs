using System.Text.Json.Nodes;
namespace Connectors.Databricks.Tests.Emulator;
internal static class Snap
{
    public static void Json(string expected, string actual)
    {
        if (expected.StartsWith("@@", StringComparison.Ordinal)) { File.WriteAllText("/tmp/snap/" + expected[2..], Wire.Indented(JsonNode.Parse(actual)!)); return; }
        Wire.SameJson(expected, actual);
    }
    public static void Text(string expected, string actual)
    {
        if (expected.StartsWith("@@", StringComparison.Ordinal)) { File.WriteAllText("/tmp/snap/" + expected[2..], actual); return; }
        Assert.Equal(expected, actual);
    }
}
internal static class Line
{
    public static void Text(string expected, string actual) => Snap.Text(expected, actual);
}
