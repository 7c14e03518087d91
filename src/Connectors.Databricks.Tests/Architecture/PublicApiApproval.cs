namespace Connectors.Databricks.Tests.Architecture;

/// <summary>Compares a surface with the one on file, and shows the difference the way a patch does.</summary>
internal sealed class PublicApiApproval(string folder, bool approves)
{
    public const string Variable = "APPROVE_PUBLIC_API";

    private const int Context = 2;

    /// <summary>Null when the surface is the approved one; otherwise what differs and how to approve it.</summary>
    public string? Check(string name, string surface)
    {
        var approved = Path.Combine(folder, $"{name}.approved.txt");
        var received = Path.Combine(folder, $"{name}.received.txt");
        var expected = File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n") : null;
        File.Delete(received);
        if (surface == expected)
        {
            return null;
        }

        if (approves)
        {
            File.WriteAllText(approved, surface);
            return null;
        }

        File.WriteAllText(received, surface);
        return $"""
            The public surface of {name} is not the approved one:

            {Difference(expected ?? "", surface)}

            If this is meant, approve it: copy {name}.received.txt over {name}.approved.txt,
            or run the tests once with {Variable}=1. Then add the change to CHANGELOG.md.
            """.ReplaceLineEndings("\n");
    }

    public static string Difference(string before, string after)
    {
        var lines = Compare(before.Split('\n'), after.Split('\n'));
        var text = new List<string>();
        var last = -1;
        foreach (var (i, line) in lines.Index())
        {
            var isNear = lines.Skip(i - Context).Take(Math.Min(i, Context) + 1 + Context).Any(near => near[0] != ' ');
            if (isNear)
            {
                text.AddRange(last == i - 1 ? [line] : ["...", line]);
                last = i;
            }
        }

        return string.Join('\n', text.Select(line => line.TrimEnd()));
    }

    // Longest common subsequence. A surface has some thousand lines at most, so the table may be plain.
    private static List<string> Compare(string[] before, string[] after)
    {
        var common = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
            {
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var lines = new List<string>();
        for (int i = 0, j = 0; i < before.Length || j < after.Length;)
        {
            if (i < before.Length && j < after.Length && before[i] == after[j])
            {
                lines.Add(" " + before[i]);
                i++;
                j++;
            }
            else if (j == after.Length || (i < before.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add("-" + before[i++]);
            }
            else
            {
                lines.Add("+" + after[j++]);
            }
        }

        return lines;
    }
}
