namespace Connectors.Databricks;

// Copies and validates the options.
public sealed partial class DatabricksChatOptions
{
    private DatabricksChatOptions(DatabricksChatOptions other)
    {
        IncludeUsageInStreams = other.IncludeUsageInStreams;
        IncludeRawUpdates = other.IncludeRawUpdates;
        ShapeRequests = other.ShapeRequests;
        CorrectRejectedParameters = other.CorrectRejectedParameters;
        CorrectionLifetime = other.CorrectionLifetime;
        LookUpServedEntities = other.LookUpServedEntities;
        CachePrompts = other.CachePrompts;
        ReplaceUnsupportedMedia = other.ReplaceUnsupportedMedia;
        FetchImage = other.FetchImage;
    }

    /// <exception cref="ArgumentException">An option is invalid; the message contains its name.</exception>
    internal DatabricksChatOptions CopyValidated()
    {
        DatabricksServingOptions.RequirePositive(CorrectionLifetime, nameof(CorrectionLifetime));
        return new DatabricksChatOptions(this);
    }
}
