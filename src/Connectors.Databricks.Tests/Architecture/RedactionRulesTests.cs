using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Tests.Architecture;

public class RedactionRulesTests
{
    [Fact]
    public void Every_text_of_the_connector_that_leaves_is_redacted() =>
        Rule.Holds(RedactionRules.Complaints(typeof(DatabricksServingClient).Assembly));

    [Fact]
    public void What_bypasses_the_redaction_is_named()
    {
        var complaints = RedactionRules.Complaints(typeof(RedactionRulesTests).Assembly)
            .Where(complaint => complaint.Contains($"{nameof(RedactionRulesTests)}+{nameof(Bypass)}.", StringComparison.Ordinal));

        Assert.Equal(
            [
                "Connectors.Databricks.Tests.Architecture.RedactionRulesTests+Bypass.Count records a measurement; use Measurements.",
                "Connectors.Databricks.Tests.Architecture.RedactionRulesTests+Bypass.Log creates a logger that does not redact; use " +
                "RedactingLogger.",
                "Connectors.Databricks.Tests.Architecture.RedactionRulesTests+Bypass.NoToken creates a " +
                "Connectors.Databricks.DatabricksCredentialException without a redaction.",
                "Connectors.Databricks.Tests.Architecture.RedactionRulesTests+Bypass.Tag calls Activity.SetTag; use ActivityTags.",
                "Connectors.Databricks.Tests.Architecture.RedactionRulesTests+Bypass.Throw creates a " +
                "Connectors.Databricks.DatabricksServingException without a redaction.",
            ],
            complaints);
    }

    /// <summary>One of each.</summary>
    private static class Bypass
    {
        public static DatabricksServingException Throw(string text) => new(text);

        public static DatabricksCredentialException NoToken(string text) => new(text, innerException: null);

        public static void Log(ILoggerFactory factory) => factory.CreateLogger("a");

        public static void Tag(Activity activity) => activity.SetTag("a", "b");

        public static void Count(Counter<long> counter) => counter.Add(1);
    }
}
