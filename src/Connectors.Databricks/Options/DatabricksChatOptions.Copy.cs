namespace Connectors.Databricks;

// Copies and validates the options.
public sealed partial class DatabricksChatOptions
{
    private DatabricksChatOptions(DatabricksChatOptions other)
    {
        Api = other.Api;
        IncludeUsageInStreams = other.IncludeUsageInStreams;
        IncludeRawUpdates = other.IncludeRawUpdates;
        ShapeRequests = other.ShapeRequests;
        CorrectRejectedParameters = other.CorrectRejectedParameters;
        CorrectionLifetime = other.CorrectionLifetime;
        LookUpServedEntities = other.LookUpServedEntities;
        CachePrompts = other.CachePrompts;
        ReplaceUnsupportedMedia = other.ReplaceUnsupportedMedia;
        FetchImage = other.FetchImage;
        RequestTags = CopyTags(other.RequestTags);
        ThrowOnServicePolicyDenial = other.ThrowOnServicePolicyDenial;
    }

    /// <exception cref="ArgumentException">A tag has no name, or no value.</exception>
    internal static IReadOnlyDictionary<string, string>? CopyTags(IReadOnlyDictionary<string, string>? tags)
    {
        foreach (var (name, value) in tags ?? new Dictionary<string, string>())
        {
            if (string.IsNullOrWhiteSpace(name) || value is null)
            {
                throw new ArgumentException($"{nameof(RequestTags)} has the tag '{name}' with {(value is null ? "no value" : "no name")}.");
            }
        }

        return tags is { Count: > 0 } ? new Dictionary<string, string>(tags, StringComparer.Ordinal) : null;
    }

    /// <exception cref="ArgumentException">An option is invalid; the message contains its name.</exception>
    internal DatabricksChatOptions CopyValidated()
    {
        DatabricksServingOptions.RequirePositive(CorrectionLifetime, nameof(CorrectionLifetime));
        return new DatabricksChatOptions(this);
    }
}
