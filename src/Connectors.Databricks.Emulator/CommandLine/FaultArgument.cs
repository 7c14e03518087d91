using System.Globalization;
using System.Text;

namespace Connectors.Databricks.Emulator.CommandLine;

/// <summary>Reads <c>reset-mid-body:0.05</c>.</summary>
internal static class FaultArgument
{
    private static readonly Dictionary<string, EmulatedFault> ByName =
        Enum.GetValues<EmulatedFault>().ToDictionary(Dashed, StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> Names => ByName.Keys;

    public static (EmulatedFault Fault, double Probability)? Parse(string text)
    {
        var parts = text.Split(':');
        double probability = 1;
        var isRead = parts.Length switch
        {
            1 => true,
            2 => double.TryParse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out probability)
                && probability <= 1,
            _ => false,
        };
        return isRead && ByName.TryGetValue(parts[0], out var fault) ? (fault, probability) : null;
    }

    private static string Dashed(EmulatedFault fault)
    {
        var name = new StringBuilder();
        foreach (var letter in fault.ToString())
        {
            name.Append(char.IsUpper(letter) && name.Length > 0 ? "-" : "").Append(char.ToLowerInvariant(letter));
        }

        return name.ToString();
    }
}
