using Connectors.Databricks.Discovery.Tools;

namespace Connectors.Databricks.Management.Tools;

/// <summary>The argument <c>percentages</c> of the tools that set traffic.</summary>
internal static class TrafficShares
{
    /// <param name="arguments">The arguments of the call.</param>
    /// <param name="what">What a percentage belongs to, for messages.</param>
    /// <exception cref="ToolInputException">The percentages are not valid.</exception>
    public static TrafficConfig Read(ToolArguments arguments, string what)
    {
        var shares = arguments.Numbers("percentages");
        if (shares.Any(share => share.Number is < 0 or > 100) || shares.Sum(share => share.Number) != 100)
        {
            throw new ToolInputException("'percentages' must be from 0 to 100 and sum to 100.");
        }

        return shares.DistinctBy(share => share.Name).Count() < shares.Count
            ? throw new ToolInputException($"'percentages' names a {what} twice.")
            : new TrafficConfig { Routes = [.. shares.Select(share => new TrafficRoute(share.Name, share.Number))] };
    }
}
