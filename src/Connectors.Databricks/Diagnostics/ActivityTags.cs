using System.Diagnostics;

namespace Connectors.Databricks.Diagnostics;

/// <summary>The one place that sets tags of activities: texts are redacted and single-line.</summary>
internal static class ActivityTags
{
    public static Activity? SetText(this Activity? activity, string name, string? value, Redaction redaction) =>
        activity?.SetTag(name, value is null ? null : SingleLineText.Of(redaction.Quote(value)));

    public static Activity? SetNumber(this Activity? activity, string name, int value) => activity?.SetTag(name, value);
}
