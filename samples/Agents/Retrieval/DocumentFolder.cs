using System.Text.RegularExpressions;

namespace Agents.Retrieval;

/// <summary>Reads the text files of a folder and cuts them into passages.</summary>
internal static partial class DocumentFolder
{
    private const int LongestPassage = 1_500;
    private static readonly string[] Extensions = [".md", ".txt"];

    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static async Task<IReadOnlyList<Passage>> ReadAsync(string folder)
    {
        List<Passage> passages = [];
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase));
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            passages.AddRange(Cut(Path.GetRelativePath(folder, file), await File.ReadAllTextAsync(file)));
        }

        return passages;
    }

    /// <summary>
    /// Cuts a document at its headings, and long sections between paragraphs. Text without a heading has the name of the file.
    /// </summary>
    public static IEnumerable<Passage> Cut(string file, string text)
    {
        var number = 0;
        foreach (var section in Heading().Split(text.ReplaceLineEndings("\n")).Select(section => section.Trim()))
        {
            var isTitled = section.StartsWith('#');
            var lines = section.Split('\n', 2);
            var heading = isTitled ? lines[0].TrimStart('#', ' ') : Path.GetFileNameWithoutExtension(file);
            var body = isTitled ? lines.ElementAtOrDefault(1) ?? "" : section;
            var paragraphs = body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
            for (var first = 0; first < paragraphs.Length;)
            {
                var last = first + 1;
                for (var length = paragraphs[first].Length; last < paragraphs.Length; last++)
                {
                    length += paragraphs[last].Length;
                    if (length > LongestPassage)
                    {
                        break;
                    }
                }

                var words = string.Join(' ', paragraphs[first..last]).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
                yield return new Passage { Id = $"{file}#{++number}", File = file, Heading = heading, Text = string.Join(' ', words) };
                first = last;
            }
        }
    }

    // The line of a heading begins the next section.
    [GeneratedRegex(@"(?m)^(?=#{1,6} )")]
    private static partial Regex Heading();
}
