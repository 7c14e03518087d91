namespace Connectors.Databricks;

// Copies and validates the options.
public sealed partial class DatabricksChatOptions
{
    /// <exception cref="ArgumentException">A tag has no name, or no value.</exception>
    internal static IReadOnlyDictionary<string, string>? CopyTags(IReadOnlyDictionary<string, string>? tags)
    {
        if (tags is not { Count: > 0 })
        {
            return null;
        }

        foreach (var (name, value) in tags)
        {
            if (string.IsNullOrWhiteSpace(name) || value is null)
            {
                throw new ArgumentException($"{nameof(RequestTags)} has the tag '{name}' with {(value is null ? "no value" : "no name")}.");
            }
        }

        return new Dictionary<string, string>(tags, StringComparer.Ordinal);
    }

    /// <exception cref="ArgumentException">An option is invalid; the message contains its name.</exception>
    internal DatabricksChatOptions CopyValidated()
    {
        DatabricksServingOptions.RequirePositive(CorrectionLifetime, nameof(CorrectionLifetime));
        var copy = (DatabricksChatOptions)MemberwiseClone();
        copy.RequestTags = CopyTags(RequestTags);
        return copy;
    }
}
