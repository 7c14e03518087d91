using Microsoft.AspNetCore.Http;

namespace Connectors.Databricks.AspNetCore.Routing;

/// <summary>Reads which of two content types a client prefers.</summary>
internal static class AcceptHeader
{
    /// <summary>Returns the quality of a content type: that of its most specific range; 1 without a valid header.</summary>
    public static double Quality(HttpContext context, string contentType)
    {
        var ranges = context.Request.GetTypedHeaders().Accept;
        if (ranges.Count == 0)
        {
            return 1;
        }

        var range = ranges.Where(range => range.MatchesMediaType(contentType))
            .MaxBy(range => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2);
        return range is null ? 0 : range.Quality ?? 1;
    }
}
