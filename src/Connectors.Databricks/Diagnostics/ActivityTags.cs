using System.Diagnostics;

namespace Connectors.Databricks.Diagnostics;

/// <summary>The one place that sets tags of activities: texts are redacted and single-line.</summary>
internal static class ActivityTags
{
    public static Activity? SetText(this Activity? activity, string name, string? value, Redaction redaction) =>
        activity?.SetTag(name, value is null ? null : SingleLineText.Of(redaction.Quote(value)));

    /// <summary>Links the trace of the service to an activity; a text that is no W3C trace context is ignored.</summary>
    public static void AddTraceLink(this Activity? activity, string? traceContext)
    {
        if (activity is not null && ActivityContext.TryParse(traceContext, traceState: null, isRemote: true, out var context))
        {
            activity.AddLink(new ActivityLink(context));
        }
    }

    public static Activity? SetNumber(this Activity? activity, string name, int value) => activity?.SetTag(name, value);
}
