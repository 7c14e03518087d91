namespace Connectors.Databricks.Tests.Architecture;

/// <summary>Ends a test with every complaint in full; the equality assertions of xunit would cut them short.</summary>
internal static class Rule
{
    public static void Holds(IEnumerable<string> complaints)
    {
        var all = string.Join('\n', complaints);
        if (all.Length > 0)
        {
            Assert.Fail(all);
        }
    }
}
